//! Writes the examples on the pages of types, made of documented requests and replies. They are
//! compiled and run as doc tests, so that they need a crate of which all is known: the runtime's
//! own.
//!
//! ```text
//! "examples": [{ "request": { "shop_id": 429620 }, .. }]
//!
//! /// let request = GetShop::builder()
//! ///     .shop_id(429_620)
//! ///     .build()?;
//! ```

use serde_json::Value;

use super::text::raw;
use super::{Calls, Style, docs};
use crate::model::{Body, Literal, Object, Operation, Reply, TypeExpr, TypeId, TypeMap};
use crate::plan::Plan;
use crate::source::Number;
use crate::util::{CollectVec as _, PushAll as _, sort_by};

/// The documented values of types, one for each type that has any.
pub(super) struct Examples<'e> {
    pub(super) plan: &'e Plan<'e>,
    pub(super) style: &'e Style,
    values: TypeMap<Value>,
}

impl<'e> Examples<'e> {
    pub(super) fn new(plan: &'e Plan<'e>, style: &'e Style) -> Self {
        let mut examples = Self { plan, style, values: TypeMap::default() };
        if matches!(style.calls, Calls::Inherent) {
            for operation in &plan.model.operations {
                examples.add_exchanges(operation);
            }
        }
        examples
    }

    fn add_exchanges(&mut self, operation: &Operation) {
        let parsed = |text: &String| serde_json::from_str::<Value>(text).unwrap_or_default();
        for exchange in &operation.docs.exchanges {
            let [request, reply] =
                exchange.each_ref().map(|it| it.as_ref().map_or(Value::Null, parsed));
            self.visit(&TypeExpr::Named(operation.request), &request);
            match (&operation.reply, reply) {
                (Reply::Root(ty), reply) => self.visit(ty, &reply),
                (Reply::Property { name, ty, .. }, reply) => self.visit(ty, &reply[name.as_str()]),
                (Reply::Nothing, _) => {}
            }
        }
    }

    fn visit(&mut self, ty: &TypeExpr, value: &Value) {
        match (ty, value) {
            (_, Value::Null) => {}
            (TypeExpr::Named(id), value) => self.visit_named(*id, value),
            (TypeExpr::List(ty, _), Value::Array(items)) => {
                for item in items {
                    self.visit(ty, item);
                }
            }
            (TypeExpr::Map(ty, _), Value::Object(entries)) => {
                for value in entries.values() {
                    self.visit(ty, value);
                }
            }
            (TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _), value) => self.visit(ty, value),
            _ => {}
        }
    }

    fn visit_named(&mut self, id: TypeId, value: &Value) {
        // The first value is taken, but for an empty string, which shows nothing.
        if value.as_str() != Some("") {
            self.values.entry(id).get_or_insert_with(|| value.clone());
        }
        match &self.plan.model.get(id).body {
            Body::Newtype(ty, _) => self.visit(ty, value),
            Body::Object(object) => {
                for property in &object.properties {
                    self.visit(&property.ty, &value[property.name.as_str()]);
                }
            }
            Body::Pending | Body::Enum(_) | Body::Union(_) => {}
        }
    }

    /// The example that builds a request, for its page and for that of its builder.
    pub(super) fn sent(&self, id: TypeId) -> Vec<String> {
        let Some(value) = self.values.get(id) else { return Vec::new() };
        let Some(setters) = self.setters(id) else { return self.read(id, value, "request") };
        let mut lines = self.begin(id);
        lines.push(format!("let request = {}::builder()", self.name(id)));
        lines.push_all(setters);
        lines.push("    .build()?;".to_owned());
        lines.push("# drop(request);".to_owned());
        lines.push(format!("# Ok::<(), {}::Invalid>(())", self.style.crate_name));
        code(lines)
    }

    /// The setters that build a documented value; `None` if it has other values than scalars.
    pub(super) fn setters(&self, id: TypeId) -> Option<Vec<String>> {
        let (value, object) = (self.values.get(id)?, self.plan.model.get(id).object()?);
        let settable = object.properties.iter().filter(|it| !self.plan.is_fixed(it));
        let set = settable.filter_map(|it| Some((it, value.get(&it.name)?)));
        set.map(|(property, value)| {
            let value = self.argument(&property.ty, &scalar(value)?);
            Some(format!("    .{}({value})", property.field))
        })
        .collect_some()
    }

    /// A scalar as an argument. A newtype of an integer is made from any integer type, so a literal
    /// that does not fit into `i32`, the default, needs a suffix.
    fn argument(&self, ty: &TypeExpr, value: &Literal) -> String {
        let text = docs::literal(value);
        let Literal::Number(number) = value else { return text };
        let fits = number.to_i128().is_some_and(|number| i32::try_from(number).is_ok());
        match self.plan.model.body(ty) {
            Some(Body::Newtype(TypeExpr::Integer(integer, _), _)) if !fits => {
                format!("{text}_{}", integer.name())
            }
            _ => text,
        }
    }

    /// The example that reads a reply.
    pub(super) fn received(&self, id: TypeId) -> Vec<String> {
        let value = self.values.get(id);
        value.map_or_else(Vec::new, |value| self.read(id, value, "reply"))
    }

    fn read(&self, id: TypeId, value: &Value, what: &str) -> Vec<String> {
        let json = self.write(&TypeExpr::Named(id), value, 1);
        let mut lines = self.begin(id);
        lines.push(format!("let {what}: {} = serde_json::from_str(", self.name(id)));
        lines.push_all(format!("    {},", raw(&json)).lines().map(str::to_owned));
        lines.push(")?;".to_owned());
        lines.push(format!("println!(\"{{{what}:?}}\");"));
        lines.push("# Ok::<(), serde_json::Error>(())".to_owned());
        code(lines)
    }

    /// The example that makes a newtype of a number or a string, and parses it.
    pub(super) fn newtype(&self, id: TypeId, ty: &TypeExpr) -> Vec<String> {
        let Some(literal) = self.values.get(id).and_then(scalar) else { return Vec::new() };
        let getter = match (ty, &literal) {
            (TypeExpr::Text(_), Literal::Text(_)) => "as_str",
            (TypeExpr::Integer(..), Literal::Number(_)) => "get",
            _ => return Vec::new(),
        };
        let (name, krate) = (self.name(id), &self.style.crate_name);
        let argument = self.argument(&TypeExpr::Named(id), &literal);
        let plain = docs::literal(&literal);
        let text = match &literal {
            Literal::Text(text) => format!("{text:?}"),
            literal => format!("\"{}\"", docs::literal(literal).replace('_', "")),
        };
        let mut lines = self.begin(id);
        let make = if self.plan.has_rules(ty) { "try_from" } else { "from" };
        let ask = if self.plan.has_rules(ty) { "?" } else { "" };
        lines.push(format!("let id = {name}::{make}({argument}){ask};"));
        lines.push(format!("assert_eq!(id.{getter}(), {plain});"));
        lines.push(format!("assert_eq!({text}.parse::<{name}>()?, id);"));
        lines.push(format!("# Ok::<(), {krate}::Invalid>(())"));
        code(lines)
    }

    fn begin(&self, id: TypeId) -> Vec<String> {
        vec![format!("use {}::{};", self.style.crate_name, self.name(id)), String::new()]
    }

    fn name(&self, id: TypeId) -> &str {
        &self.plan.model.get(id).name
    }

    /// Writes JSON. An object's named properties have the order of its schema, and additional ones
    /// follow by name.
    fn write(&self, ty: &TypeExpr, value: &Value, depth: usize) -> String {
        match value {
            Value::Object(object) => {
                let typed = self.properties(ty);
                let described =
                    typed.iter().filter_map(|(name, ty)| Some((*name, *ty, object.get(*name)?)));
                let mut additional = object.iter().collect_vec();
                additional.retain(|(name, _)| typed.iter().all(|(known, _)| known != name));
                sort_by(&mut additional, |a, b| a.0.cmp(b.0));
                let additional =
                    additional.into_iter().map(|(name, value)| (&**name, &TypeExpr::Any, value));
                let parts = described
                    .chain(additional)
                    .map(|(name, ty, value)| (format!("{}: ", Value::from(name)), ty, value));
                self.write_parts(('{', '}'), parts, depth)
            }
            Value::Array(items)
                if !items.iter().any(|item| item.is_object() || item.is_array()) =>
            {
                let items = items.iter().map(Value::to_string).collect_vec();
                format!("[{}]", items.join(", "))
            }
            Value::Array(items) => {
                let ty = self.items(ty);
                let parts = items.iter().map(|item| (String::new(), ty, item));
                self.write_parts(('[', ']'), parts, depth)
            }
            scalar => scalar.to_string(),
        }
    }

    fn write_parts<'t>(
        &self,
        (open, close): (char, char),
        parts: impl Iterator<Item = (String, &'t TypeExpr, &'t Value)>,
        depth: usize,
    ) -> String {
        let line = |(name, ty, value): (String, &TypeExpr, &Value)| {
            format!("\n{}{name}{}", "    ".repeat(depth + 1), self.write(ty, value, depth + 1))
        };
        let lines = parts.map(line).collect_vec();
        if lines.is_empty() {
            return format!("{open}{close}");
        }
        format!("{open}{}\n{}{close}", lines.join(","), "    ".repeat(depth))
    }

    /// The properties of an object, with their types.
    fn properties<'t>(&'t self, ty: &'t TypeExpr) -> Vec<(&'t str, &'t TypeExpr)> {
        let model = self.plan.model;
        let properties = model.object(model.underlying(ty)).map_or(&[][..], |it| &it.properties);
        properties.iter().map(|it| (it.name.as_str(), &it.ty)).collect_vec()
    }

    fn items<'t>(&'t self, ty: &'t TypeExpr) -> &'t TypeExpr {
        match self.plan.model.underlying(ty) {
            TypeExpr::List(items, _) => items,
            _ => &TypeExpr::Any,
        }
    }
}

/// A sentence that names the required properties.
pub(super) fn required(object: &Object) -> Option<String> {
    let required: Vec<String> = object
        .properties
        .iter()
        .filter(|property| property.required)
        .map(|property| format!("`{}`", property.field))
        .collect_vec();
    match required.len() {
        0 => None,
        all if all == object.properties.len() => Some("Every property is required.".to_owned()),
        1 => Some(format!("{} is required.", required[0])),
        _ => Some(format!("The required properties are {}.", required.join(", "))),
    }
}

/// The lines of a page's example.
fn code(lines: Vec<String>) -> Vec<String> {
    let head = ["# Example", "", "```"].map(str::to_owned);
    head.into_iter().chain(lines).chain(["```".to_owned()]).collect_vec()
}

fn scalar(value: &Value) -> Option<Literal> {
    match value {
        Value::Bool(flag) => Some(Literal::Bool(*flag)),
        Value::Number(number) => {
            let integer = number.as_i64().map(Number::from);
            integer.or_else(|| number.as_f64().and_then(Number::of)).map(Literal::Number)
        }
        Value::String(text) => Some(Literal::Text(text.clone())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

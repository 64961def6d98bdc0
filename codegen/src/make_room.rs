//! Lets objects keep the properties that they do not list and that rules ask about: without them, what is
//! written might not be valid.
//!
//! ```text
//! { "properties": { "a": .. }, "not": { "required": ["b"] } }    the object keeps `b`
//!
//! { "properties": { "a": { "properties": { "x": .. } } },
//!   "not": { "properties": { "a": { "required": ["y"] } } } }    the object under `a` keeps `y`
//! ```

use crate::collect_vec::{CollectVec as _, PushAll as _};
use crate::map::Set;

use wechat_bizwifi_rules::{Literal, Rule};

use crate::compile::{Compiler, NodeId};
use crate::lower::Lowered;
use crate::model::{AdditionalProperties, Body, Model, Residual, TypeExpr, TypeId};
use crate::schema::Keyword;

/// Makes room for what is asked about by rules that no type enforces.
pub(crate) fn make_room<'a>(lowered: &mut Lowered<'a>, compiler: &mut Compiler<'a>) {
    let with_rules = with_rules(&lowered.model);
    let asked = with_rules.into_iter().map(|(ty, residuals)| {
        let is_union = matches!(lowered.model.body(ty.peeled()), Some(Body::Union(_)));
        // An alternative is valid by what it says itself, whatever the others ask.
        let counts =
            |keyword: &&Keyword| !is_union || !matches!(keyword, Keyword::AnyOf | Keyword::OneOf);
        let node = |residual: &Residual| {
            let schema = &lowered.constrained[residual.schema];
            let keywords = residual.keywords.iter().filter(counts).copied().collect_vec();
            let rules = compiler.rules_of(schema, schema, &keywords);
            let node = compiler.node_of(schema);
            compiler.with_rules(node, &rules)
        };
        let nodes = residuals.iter().map(node).collect_vec();
        (ty, nodes)
    });
    let asked = asked.collect_vec();
    let mut room = Room { model: &mut lowered.model, compiler, seen: Set::default() };
    for (ty, nodes) in asked {
        room.make(&ty, nodes);
    }
}

/// All types with rules that they do not enforce themselves.
fn with_rules(model: &Model) -> Vec<(TypeExpr, Vec<Residual>)> {
    let mut found = Vec::new();
    let mut left: Vec<&TypeExpr> = Vec::new();
    for (index, ty) in model.types.iter().enumerate() {
        let residuals = ty.residuals().cloned().collect_vec();
        left.push_all(ty.types());
        if !residuals.is_empty() {
            found.push((TypeExpr::Named(TypeId(index)), residuals));
        }
    }
    while let Some(ty) = left.pop() {
        if let TypeExpr::Constrained(inner, residuals) = ty {
            found.push(((**inner).clone(), residuals.clone()));
        }
        left.extend(ty.part());
    }
    found
}

struct Room<'r, 'a> {
    model: &'r mut Model,
    compiler: &'r Compiler<'a>,
    /// The types, each with the schemas that it was looked through for.
    seen: Set<(TypeId, Vec<NodeId>)>,
}

impl<'a> Room<'_, 'a> {
    /// Makes room in a type for what schemas on its values ask about.
    fn make(&mut self, ty: &TypeExpr, nodes: Vec<NodeId>) {
        let rules = self.compiler.rules_on_value(&nodes);
        if rules.is_empty() {
            return;
        }
        match ty.peeled() {
            TypeExpr::List(items, _) => self.make(items, of_items(&rules)),
            TypeExpr::Map(values, _) => self.make(values, of_values(&rules, None)),
            TypeExpr::Named(id) if self.seen.insert((*id, nodes.clone())) => {
                for (ty, nodes) in self.parts_of(*id, nodes, &rules) {
                    self.make(&ty, nodes);
                }
            }
            _ => {}
        }
    }

    /// What a type is made of, with the schemas on each part. An object gets room.
    fn parts_of(
        &mut self,
        id: TypeId,
        nodes: Vec<NodeId>,
        rules: &[Rule<'a>],
    ) -> Vec<(TypeExpr, Vec<NodeId>)> {
        match &mut self.model.types[id.0].body {
            Body::Object(object) => {
                let names = object.properties.iter().map(|property| &*property.name);
                let listed: Set<&str> = names.collect();
                if matches!(object.additional, AdditionalProperties::Ignored)
                    && rules.iter().any(|rule| asks_about_unlisted(rule, &listed))
                {
                    object.additional = AdditionalProperties::Kept(TypeExpr::Any);
                }
                let part = |ty: &TypeExpr, name| (ty.clone(), of_values(rules, name));
                object.properties.iter().map(|it| part(&it.ty, Some(&it.name))).collect_vec()
            }
            Body::Newtype(inner, _) => vec![(inner.clone(), nodes)],
            Body::Union(union) => {
                union.variants.iter().map(|it| (it.ty.clone(), nodes.clone())).collect_vec()
            }
            Body::Pending | Body::Enum(_) => Vec::new(),
        }
    }
}

/// Whether a rule on an object asks about properties that it does not list.
fn asks_about_unlisted(rule: &Rule<'_>, listed: &Set<&str>) -> bool {
    let is_unlisted = |name: &&str| !listed.contains(name);
    match rule {
        Rule::Const(value) => is_object(value),
        Rule::Enum(values) => values.iter().any(is_object),
        Rule::Required(names) => names.iter().any(is_unlisted),
        Rule::DependentRequired(entries) => {
            entries.iter().any(|(name, names)| is_unlisted(name) || names.iter().any(is_unlisted))
        }
        Rule::DependentSchemas(entries) => entries.iter().any(|(name, _)| is_unlisted(name)),
        Rule::PropertyOrder(orders) => {
            orders.iter().any(|order| is_unlisted(&order.first) || is_unlisted(&order.second))
        }
        Rule::Properties(it) => {
            let is_about_others = !it.patterns.is_empty() || it.additional.is_some();
            is_about_others || it.named.iter().any(|(name, _)| is_unlisted(name))
        }
        Rule::MinProperties(_)
        | Rule::MaxProperties(_)
        | Rule::PropertyNames(_)
        | Rule::UnevaluatedProperties(_) => true,
        _ => false,
    }
}

const fn is_object(value: &Literal<'_>) -> bool {
    matches!(value, Literal::Object(_))
}

/// What rules say of an array's items.
fn of_items(rules: &[Rule<'_>]) -> Vec<NodeId> {
    let mut schemas = Vec::new();
    for rule in rules {
        match rule {
            Rule::Items(items) => schemas.push_all(items.prefix.iter().copied().chain(items.rest)),
            Rule::Contains(contains) => schemas.push(contains.schema),
            Rule::UnevaluatedItems(schema) => schemas.push(*schema),
            _ => {}
        }
    }
    schemas.into_iter().filter_map(NodeId::of).collect_vec()
}

/// What rules say of a property, or of all.
fn of_values(rules: &[Rule<'_>], name: Option<&str>) -> Vec<NodeId> {
    let mut schemas = Vec::new();
    for rule in rules {
        match (rule, name) {
            (Rule::Properties(properties), Some(name)) => schemas.push_all(properties.of(name)),
            (Rule::Properties(properties), None) => schemas.push_all(properties.schemas()),
            (Rule::UnevaluatedProperties(schema), _) => schemas.push(*schema),
            _ => {}
        }
    }
    schemas.into_iter().filter_map(NodeId::of).collect_vec()
}

//! Lets objects keep additional properties that rules ask about. An object that ignored them could
//! be valid when it is read, and not valid when it is written.
//!
//! ```text
//! { "properties": { "a": .. }, "not": { "required": ["b"] } }    the object keeps `b`
//!
//! { "properties": { "a": { "properties": { "x": .. } } },
//!   "not": { "properties": { "a": { "required": ["y"] } } } }    the object under `a` keeps `y`
//! ```

use wechat_bizwifi_rules::Rule;

use crate::compile::{Compiler, NodeId};
use crate::lower::Lowered;
use crate::model::{AdditionalProperties, Body, Model, Residual, TypeExpr, TypeId};
use crate::schema::Keyword;
use crate::util::{CollectVec as _, PushAll as _, Set};

/// Keeps additional properties where residual rules ask about them.
pub(crate) fn keep_properties<'a>(lowered: &mut Lowered<'a>, compiler: &mut Compiler<'a>) {
    let constrained = constrained_types(&lowered.model);
    let constrained = constrained.into_iter().map(|(ty, residuals)| {
        let is_union = matches!(lowered.model.body(ty.peeled()), Some(Body::Union(_)));
        // A variant of a union need not keep what the other branches ask about.
        let counts =
            |keyword: &&Keyword| !is_union || !matches!(keyword, Keyword::AnyOf | Keyword::OneOf);
        let node = |residual: &Residual| {
            let schema = &lowered.residual_schemas[residual.schema];
            let keywords = residual.keywords.iter().filter(counts).copied().collect_vec();
            let rules = compiler.rules_of(schema, schema, &keywords, None);
            let node = compiler.node_of(schema, None);
            compiler.with_rules(node, &rules)
        };
        let nodes = residuals.iter().map(node).collect_vec();
        (ty, nodes)
    });
    let constrained = constrained.collect_vec();
    let mut walk = Walk { model: &mut lowered.model, compiler, seen: Set::default() };
    for (ty, nodes) in constrained {
        walk.enter(&ty, nodes);
    }
}

/// All types with residual rules.
fn constrained_types(model: &Model) -> Vec<(TypeExpr, Vec<Residual>)> {
    let mut found = Vec::new();
    let mut left: Vec<&TypeExpr> = Vec::new();
    for (index, ty) in model.types.iter().enumerate() {
        let residuals = ty.all_residuals().cloned().collect_vec();
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

struct Walk<'w, 'a> {
    model: &'w mut Model,
    compiler: &'w Compiler<'a>,
    /// The types that were entered, each with the schemas on its values.
    seen: Set<(TypeId, Vec<NodeId>)>,
}

impl<'a> Walk<'_, 'a> {
    /// Walks a type and its parts. `nodes` are the schemas on its values.
    fn enter(&mut self, ty: &TypeExpr, nodes: Vec<NodeId>) {
        let rules = self.compiler.rules_on_value(&nodes);
        if rules.is_empty() {
            return;
        }
        match ty.peeled() {
            TypeExpr::List(items, _) => self.enter(items, of_items(&rules)),
            TypeExpr::Map(values, _) => self.enter(values, of_values(&rules, None)),
            TypeExpr::Named(id) if self.seen.insert((*id, nodes.clone())) => {
                for (ty, nodes) in self.parts_of(*id, nodes, &rules) {
                    self.enter(&ty, nodes);
                }
            }
            _ => {}
        }
    }

    /// The parts of a type, with the schemas on each. If the type is an object, and the rules ask
    /// about additional properties, it keeps them from now on.
    fn parts_of(
        &mut self,
        id: TypeId,
        nodes: Vec<NodeId>,
        rules: &[Rule<'a>],
    ) -> Vec<(TypeExpr, Vec<NodeId>)> {
        match &mut self.model.types[id.0].body {
            Body::Object(object) => {
                let names = object.properties.iter().map(|property| &*property.name);
                let names: Set<&str> = names.collect();
                if matches!(object.additional, AdditionalProperties::Ignored)
                    && rules
                        .iter()
                        .any(|rule| rule.asks_about_additional(|name| names.contains(name)))
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

/// The schemas that rules have for an array's items.
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

/// The schemas that rules have for the property of this name, or for all properties.
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

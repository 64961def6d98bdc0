//! Which rules on an object ask no more of its properties than what each is by itself.
//!
//! ```text
//! { "if": { "properties": { "kind": { "const": "card" } } }, "then": { "required": ["card"] } }
//!
//! asks whether `kind` is "card", and whether there is a `card`
//! ```
//!
//! Such rules are evaluated on a struct's fields, where objects and what has no value are `null`.

use wechat_bizwifi_rules::{Literal, Rule, SchemaRef, Types};

use super::{Compiler, NodeId};

impl<'s> Compiler<'s> {
    /// Whether rules on an object look into none of its properties.
    pub(crate) fn are_shallow(&self, rules: &[Rule<'s>]) -> bool {
        rules.iter().all(|rule| match rule {
            Rule::Never => true,
            rule if rule.is_on_presence() => true,
            Rule::Type(types) => types.contains(Types::OBJECT),
            Rule::Properties(it) => it.schemas().all(|schema| self.is_on_leaf(schema)),
            other => is_each(other, |schema| self.is_shallow(schema)),
        })
    }

    fn is_shallow(&self, schema: SchemaRef<'s>) -> bool {
        self.are_shallow(self.referred(schema))
    }

    /// Whether a schema of a property asks only what a field says of itself.
    fn is_on_leaf(&self, schema: SchemaRef<'s>) -> bool {
        self.referred(schema).iter().all(|rule| match rule {
            Rule::Type(types) => types.and(Types::OBJECT.or(Types::NULL)).is_empty(),
            Rule::Const(value) => is_scalar(value),
            Rule::Enum(values) => values.iter().all(is_scalar),
            // Of objects a field says nothing.
            Rule::MinProperties(_) | Rule::MaxProperties(_) | Rule::DependentSchemas(_) => false,
            other if other.is_on_leaf() => true,
            other => is_each(other, |schema| self.is_on_leaf(schema)),
        })
    }

    fn referred(&self, schema: SchemaRef<'s>) -> &'s [Rule<'s>] {
        match schema {
            SchemaRef::Node(node) => self.rules(NodeId(node)),
            SchemaRef::To(schema) => schema.0,
        }
    }
}

/// Whether a rule puts schemas on the same value together, each of which is such a one.
fn is_each<'s>(rule: &Rule<'s>, is_one: impl Fn(SchemaRef<'s>) -> bool) -> bool {
    let schemas = rule.schemas_on_value();
    !schemas.is_empty() && schemas.into_iter().all(is_one)
}

/// Whether a value is neither `null`, which objects look like, nor made of others.
const fn is_scalar(value: &Literal<'_>) -> bool {
    matches!(value, Literal::Bool(_) | Literal::Number(_) | Literal::String(_))
}

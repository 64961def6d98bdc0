//! Decides which rules on an object are shallow: they look at properties that are scalars, and ask
//! of others only whether they are there.
//!
//! ```text
//! { "if": { "properties": { "kind": { "const": "card" } } }, "then": { "required": ["card"] } }
//!
//! asks whether `kind` is "card", and whether there is a `card`
//! ```
//!
//! Shallow rules are evaluated on the fields of a struct, where objects and fields without a value
//! look like `null`.

use wechat_bizwifi_rules::{Literal, Rule, SchemaRef, Types};

use super::{Compiler, NodeId};

impl<'s> Compiler<'s> {
    /// Whether rules on an object are shallow.
    pub(crate) fn are_shallow(&self, rules: &[Rule<'s>]) -> bool {
        rules.iter().all(|rule| match rule {
            Rule::Never => true,
            rule if rule.is_on_presence() => true,
            Rule::Type(types) => types.contains(Types::OBJECT),
            Rule::Properties(it) => it.schemas().all(|schema| self.is_on_leaf(schema)),
            other => combines(other, |schema| self.is_shallow(schema)),
        })
    }

    fn is_shallow(&self, schema: SchemaRef<'s>) -> bool {
        self.are_shallow(self.referred(schema))
    }

    /// Whether the rules on a property ask only for what a field can tell.
    fn is_on_leaf(&self, schema: SchemaRef<'s>) -> bool {
        self.referred(schema).iter().all(|rule| match rule {
            Rule::Type(types) => types.and(Types::OBJECT.or(Types::NULL)).is_empty(),
            Rule::Const(value) => is_scalar(value),
            Rule::Enum(values) => values.iter().all(is_scalar),
            // A field tells nothing of an object's properties.
            Rule::MinProperties(_) | Rule::MaxProperties(_) | Rule::DependentSchemas(_) => false,
            other if other.is_on_leaf() => true,
            other => combines(other, |schema| self.is_on_leaf(schema)),
        })
    }

    fn referred(&self, schema: SchemaRef<'s>) -> &'s [Rule<'s>] {
        match schema {
            SchemaRef::Node(node) => self.rules(NodeId(node)),
            SchemaRef::To(schema) => schema.0,
        }
    }
}

/// Whether a rule combines schemas on the same value, for all of which `holds` is true.
fn combines<'s>(rule: &Rule<'s>, holds: impl Fn(SchemaRef<'s>) -> bool) -> bool {
    let schemas = rule.schemas_on_value();
    !schemas.is_empty() && schemas.into_iter().all(holds)
}

/// Whether a value is a scalar other than `null`, which objects look like.
const fn is_scalar(value: &Literal<'_>) -> bool {
    matches!(value, Literal::Bool(_) | Literal::Number(_) | Literal::String(_))
}

//! Rules as data. The generator writes a schema as a static of this form.
//!
//! ```text
//! {"if": {"required": ["a"]}, "then": {"minProperties": 2}}
//!
//! static A: Schema = Schema(&[Required(&["a"])]);
//! static B: Schema = Schema(&[MinProperties(2)]);
//! static ROOT: Schema = Schema(&[If(&If { condition: To(&A), then: Some(To(&B)), otherwise: None })]);
//! ```
//!
//! All drafts are normalised to these rules when a schema is compiled: `$ref`, `$dynamicRef` and
//! `$recursiveRef` are [`Rule::AllOf`] of one, draft 4's boolean bounds are exclusive bounds.

use std::cmp::Ordering;

use crate::decimal::Decimal;
use crate::format::Format;
use crate::pattern::Pattern;
use crate::types::Types;

/// A schema. A value is valid if it is valid by all of these rules.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'s>(pub &'s [Rule<'s>]);

/// A schema within a schema.
#[derive(Clone, Copy, Debug)]
pub enum SchemaRef<'s> {
    /// A direct reference.
    To(&'s Schema<'s>),
    /// A reference by index among the nodes that are passed to an evaluation. The generator uses it for schemas that
    /// may be recursive, before there are statics.
    Node(u32),
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub enum Rule<'s> {
    /// `false`: no value is valid.
    Never,
    /// `type`.
    Type(Types),
    /// `const`.
    Const(&'s Literal<'s>),
    /// `enum`.
    Enum(&'s [Literal<'s>]),
    /// `minimum`.
    Minimum(&'s Decimal<'s>),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(&'s Decimal<'s>),
    /// `maximum`.
    Maximum(&'s Decimal<'s>),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(&'s Decimal<'s>),
    /// `multipleOf`.
    MultipleOf(&'s Decimal<'s>),
    /// `minLength`, in code points.
    MinLength(u64),
    /// `maxLength`, in code points.
    MaxLength(u64),
    /// `pattern`.
    Pattern(&'s Pattern<'s>),
    /// `format`.
    Format(Format),
    /// `prefixItems` and `items`.
    Items(&'s Items<'s>),
    /// `contains`, with `minContains` and `maxContains`.
    Contains(&'s Contains<'s>),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `properties`, `patternProperties` and `additionalProperties`.
    Properties(&'s Properties<'s>),
    /// `propertyNames`.
    PropertyNames(SchemaRef<'s>),
    /// `required`.
    Required(&'s [&'s str]),
    /// `dependentRequired`.
    DependentRequired(&'s [(&'s str, &'s [&'s str])]),
    /// `dependentSchemas`.
    DependentSchemas(&'s [(&'s str, SchemaRef<'s>)]),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `propertyOrder`: the format's own keyword.
    PropertyOrder(&'s [PropertyOrder<'s>]),
    /// `allOf`, or `$ref`.
    AllOf(&'s [SchemaRef<'s>]),
    /// `anyOf`.
    AnyOf(&'s [SchemaRef<'s>]),
    /// `oneOf`.
    OneOf(&'s [SchemaRef<'s>]),
    /// `not`.
    Not(SchemaRef<'s>),
    /// `if`, `then` and `else`.
    If(&'s If<'s>),
    /// `unevaluatedItems`. Evaluated after all other rules of its schema.
    UnevaluatedItems(SchemaRef<'s>),
    /// `unevaluatedProperties`. Evaluated after all other rules of its schema.
    UnevaluatedProperties(SchemaRef<'s>),
}

impl<'s> Rule<'s> {
    /// The subschemas that are about the same value.
    pub fn schemas_on_value(&self) -> Vec<SchemaRef<'s>> {
        match self {
            Self::AllOf(all) | Self::AnyOf(all) | Self::OneOf(all) => all.to_vec(),
            Self::Not(schema) => vec![*schema],
            Self::If(rule) => {
                [Some(rule.condition), rule.then, rule.otherwise].into_iter().flatten().collect()
            }
            Self::DependentSchemas(entries) => entries.iter().map(|(_, schema)| *schema).collect(),
            _ => Vec::new(),
        }
    }

    /// All subschemas.
    #[inline]
    pub fn schemas(&self) -> Vec<SchemaRef<'s>> {
        match self {
            Self::Items(items) => items.prefix.iter().copied().chain(items.rest).collect(),
            Self::Contains(contains) => vec![contains.schema],
            Self::Properties(properties) => properties.schemas().collect(),
            Self::PropertyNames(schema)
            | Self::UnevaluatedItems(schema)
            | Self::UnevaluatedProperties(schema) => vec![*schema],
            _ => self.schemas_on_value(),
        }
    }

    /// Whether the rule only looks at which properties are present, or at their order.
    pub const fn is_on_presence(&self) -> bool {
        matches!(
            self,
            Self::Required(_)
                | Self::MinProperties(_)
                | Self::MaxProperties(_)
                | Self::DependentRequired(_)
                | Self::PropertyOrder(_)
        )
    }

    /// Whether the rule, on an object, asks about additional properties. `is_field` says whether a property
    /// is not an additional one.
    pub fn asks_about_additional(&self, is_field: impl Fn(&str) -> bool) -> bool {
        let is_other = |name: &&str| !is_field(name);
        match self {
            Self::Const(value) => matches!(value, Literal::Object(_)),
            Self::Enum(values) => values.iter().any(|value| matches!(value, Literal::Object(_))),
            Self::Required(names) => names.iter().any(is_other),
            Self::DependentRequired(entries) => {
                entries.iter().any(|(name, names)| is_other(name) || names.iter().any(is_other))
            }
            Self::DependentSchemas(entries) => entries.iter().any(|(name, _)| is_other(name)),
            Self::Properties(it) => {
                let is_about_all = !it.patterns.is_empty() || it.additional.is_some();
                is_about_all || it.named.iter().any(|(name, _)| is_other(name))
            }
            Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::PropertyNames(_)
            | Self::UnevaluatedProperties(_) => true,
            // A schema lists the properties of its `propertyOrder`.
            Self::PropertyOrder(_) => false,
            // These have schemas on the same value: each of those is asked.
            Self::AllOf(_) | Self::AnyOf(_) | Self::OneOf(_) | Self::Not(_) | Self::If(_) => false,
            // These ask about values of other types.
            Self::Never
            | Self::Type(_)
            | Self::Minimum(_)
            | Self::ExclusiveMinimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::Items(_)
            | Self::Contains(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::UnevaluatedItems(_) => false,
        }
    }

    /// Whether the rule does not look into a value, or lists values.
    pub const fn is_on_leaf(&self) -> bool {
        matches!(
            self,
            Self::Never
                | Self::Type(_)
                | Self::Const(_)
                | Self::Enum(_)
                | Self::Minimum(_)
                | Self::ExclusiveMinimum(_)
                | Self::Maximum(_)
                | Self::ExclusiveMaximum(_)
                | Self::MultipleOf(_)
                | Self::MinLength(_)
                | Self::MaxLength(_)
                | Self::Pattern(_)
                | Self::Format(_)
                | Self::MinItems(_)
                | Self::MaxItems(_)
                | Self::MinProperties(_)
                | Self::MaxProperties(_)
        )
    }

    /// The keyword of the rule.
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::Never => "false",
            Self::Type(_) => "type",
            Self::Const(_) => "const",
            Self::Enum(_) => "enum",
            Self::Minimum(_) => "minimum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::Format(_) => "format",
            Self::Items(_) => "items",
            Self::Contains(_) => "contains",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::Properties(_) => "properties",
            Self::PropertyNames(_) => "propertyNames",
            Self::Required(_) => "required",
            Self::DependentRequired(_) => "dependentRequired",
            Self::DependentSchemas(_) => "dependentSchemas",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::PropertyOrder(_) => "propertyOrder",
            Self::AllOf(_) => "allOf",
            Self::AnyOf(_) => "anyOf",
            Self::OneOf(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If(_) => "if",
            Self::UnevaluatedItems(_) => "unevaluatedItems",
            Self::UnevaluatedProperties(_) => "unevaluatedProperties",
        }
    }
}

/// Schemas for an array's items.
#[derive(Clone, Copy, Debug)]
pub struct Items<'s> {
    /// One schema each for the first items.
    pub prefix: &'s [SchemaRef<'s>],
    /// For all other items.
    pub rest: Option<SchemaRef<'s>>,
}

/// How many items of an array are valid against a schema.
#[derive(Clone, Copy, Debug)]
pub struct Contains<'s> {
    /// The schema.
    pub schema: SchemaRef<'s>,
    /// At least this many; 1 if `minContains` is absent.
    pub min: u64,
    /// At most this many.
    pub max: Option<u64>,
}

/// Schemas for an object's properties.
#[derive(Clone, Copy, Debug)]
pub struct Properties<'s> {
    /// By name. If there are more than [`FEW`](Self::FEW), they are sorted.
    pub named: &'s [(&'s str, SchemaRef<'s>)],
    /// By a pattern that the name matches.
    pub patterns: &'s [(&'s Pattern<'s>, SchemaRef<'s>)],
    /// For all other properties.
    pub additional: Option<SchemaRef<'s>>,
}

impl<'s> Properties<'s> {
    /// Up to this many names are compared one by one.
    pub const FEW: usize = 8;

    /// The schemas of all properties.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaRef<'s>> {
        let named = self.named.iter().map(|(_, schema)| *schema);
        let patterns = self.patterns.iter().map(|(_, schema)| *schema);
        named.chain(patterns).chain(self.additional)
    }

    /// The schemas of a property of this name.
    pub fn of<'p>(&'p self, name: &'p str) -> impl Iterator<Item = SchemaRef<'s>> + 'p {
        let named = self.of_name(name);
        let matching = self.patterns.iter().filter(move |(pattern, _)| pattern.matches(name));
        let mut matching = matching.map(|(_, schema)| *schema).peekable();
        let is_known = named.is_some() || matching.peek().is_some();
        named.into_iter().chain(matching).chain(self.additional.filter(|_| !is_known))
    }

    pub(crate) fn of_name(&self, name: &str) -> Option<SchemaRef<'s>> {
        let found = if self.named.len() <= Self::FEW {
            self.named.iter().find(|(known, _)| is_same(known, name))
        } else {
            let index = self.named.binary_search_by(|(known, _)| order(known, name));
            index.ok().map(|index| &self.named[index])
        };
        found.map(|(_, schema)| *schema)
    }
}

/// Whether two names are equal. Most are so short that `memcmp` would take longer.
#[inline]
pub fn is_same(name: &str, other: &str) -> bool {
    let (name, other) = (name.as_bytes(), other.as_bytes());
    name.len() == other.len()
        && match name.len() {
            8..=16 => ends::<8>(name) == ends(other),
            4..8 => ends::<4>(name) == ends(other),
            2..4 => ends::<2>(name) == ends(other),
            _ => name == other,
        }
}

/// The first and the last bytes.
#[inline]
fn ends<const COUNT: usize>(name: &[u8]) -> Option<(&[u8; COUNT], &[u8; COUNT])> {
    Some((name.first_chunk()?, name.last_chunk()?))
}

/// The order of two names. Mostly their first bytes decide.
#[inline]
fn order(name: &str, other: &str) -> Ordering {
    match (name.as_bytes().first(), other.as_bytes().first()) {
        (Some(first), Some(second)) if first != second => first.cmp(second),
        _ => name.cmp(other),
    }
}

/// `if`, `then` and `else`. They are in a struct of their own, since three references would make every [`Rule`] as
/// large.
#[derive(Clone, Copy, Debug)]
pub struct If<'s> {
    /// The schema of `if`.
    pub condition: SchemaRef<'s>,
    /// The schema of `then`, if the condition is valid.
    pub then: Option<SchemaRef<'s>>,
    /// The schema of `else`, if the condition is not valid.
    pub otherwise: Option<SchemaRef<'s>>,
}

/// An order between two properties of one object. If one of them is absent, it holds.
#[derive(Clone, Copy, Debug)]
pub struct PropertyOrder<'s> {
    /// The property that comes first.
    pub first: &'s str,
    /// Whether both may be equal.
    pub or_equal: bool,
    /// The property that comes after it.
    pub second: &'s str,
}

/// A JSON value in a schema.
#[derive(Clone, Copy, Debug)]
pub enum Literal<'s> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Decimal<'s>),
    /// A string.
    String(&'s str),
    /// An array.
    Array(&'s [Literal<'s>]),
    /// An object.
    Object(&'s [(&'s str, Literal<'s>)]),
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn names_are_the_same_where_all_their_letters_are() {
        let letters = "abcdefghijklmnopqrst";
        for count in 0..=letters.len() {
            let name = &letters[..count];
            assert!(is_same(name, &String::from(name)) && !is_same(name, &format!("{name}x")));
            for at in 0..count {
                let other = format!("{}X{}", &name[..at], &name[at + 1..]);
                assert!(!is_same(name, &other) && !is_same(&other, name), "{other}");
            }
        }
    }
}

//! Which of several schemas a value may be valid against, by its type and its tags: that is known before
//! anything within it is looked at, which may have alternatives in its turn.
//!
//! ```text
//! {"oneOf": [{"properties": {"op": {"const": "and"}}}, {"properties": {"op": {"const": "not"}}}]}
//!
//! {"op": "not", "args": [..]}    the second alone: no `args` is looked at for the first
//! ```

use crate::evaluate::Evaluator;
use crate::leaf::is_valid;
use crate::schema::{Literal, Properties, Rule, SchemaRef};
use crate::types::Types;
use crate::view::{Leaf, View};

/// Alternatives are looked for so deep within alternatives: what is deeper is evaluated.
const DEEPEST: usize = 3;

/// A value, and what was seen of it.
pub(crate) struct Candidate<'s, 'v, V> {
    value: V,
    types: Types,
    /// The property that was asked for last: alternatives mostly ask for the same one.
    last: Option<(&'s str, Option<V>)>,
    /// The same of the property that was asked for last as a string.
    last_text: Option<(&'s str, Option<&'v str>)>,
}

impl<'s, 'v, V: View<'v>> Candidate<'s, 'v, V> {
    pub(crate) fn new(value: V) -> Self {
        Self { value, types: value.leaf().types(), last: None, last_text: None }
    }

    fn get(&mut self, name: &'s str) -> Option<V> {
        match self.last {
            Some((last, value)) if std::ptr::eq(last, name) || last == name => value,
            _ => {
                let value = self.value.get(name);
                self.last = Some((name, value));
                value
            }
        }
    }

    /// The property, if it is a string.
    fn text(&mut self, name: &'s str) -> Option<&'v str> {
        match self.last_text {
            Some((last, text)) if std::ptr::eq(last, name) || last == name => text,
            _ => {
                let leaf = self.value.get(name).map(V::leaf);
                let text = if let Some(Leaf::String(text)) = leaf { Some(text) } else { None };
                self.last_text = Some((name, text));
                text
            }
        }
    }
}

impl<'s> Evaluator<'s> {
    /// Whether a value may be valid against a schema.
    pub(crate) fn is_for<'v, V: View<'v>>(
        &self,
        schema: SchemaRef<'s>,
        candidate: &mut Candidate<'s, 'v, V>,
    ) -> bool {
        self.may_be(schema, candidate, 0)
    }

    fn may_be<'v, V: View<'v>>(
        &self,
        schema: SchemaRef<'s>,
        candidate: &mut Candidate<'s, 'v, V>,
        depth: usize,
    ) -> bool {
        self.referred(schema).0.iter().all(|rule| match rule {
            Rule::Type(types) => types.contains(candidate.types),
            Rule::Properties(properties) => self.are_tags_right(properties, candidate),
            Rule::AllOf(all) if depth < DEEPEST => {
                all.iter().all(|schema| self.may_be(*schema, candidate, depth + 1))
            }
            Rule::AnyOf(all) | Rule::OneOf(all) if depth < DEEPEST => {
                all.iter().any(|schema| self.may_be(*schema, candidate, depth + 1))
            }
            _ => true,
        })
    }

    /// Whether the properties whose values are listed have values that are.
    fn are_tags_right<'v, V: View<'v>>(
        &self,
        properties: &Properties<'s>,
        candidate: &mut Candidate<'s, 'v, V>,
    ) -> bool {
        !self.has_other_tag(properties, candidate)
            && properties.named.iter().all(|(name, schema)| {
                let mut listed = self.referred(*schema).0.iter().filter(|rule| self.is_tag(rule));
                let Some(first) = listed.next() else { return true };
                let Some(value) = candidate.get(name) else { return true };
                self.is_valid_tag(first, value) && listed.all(|rule| self.is_valid_tag(rule, value))
            })
    }

    /// Whether a property that may only be one string is another: mostly that is the tag.
    fn has_other_tag<'v, V: View<'v>>(
        &self,
        properties: &Properties<'s>,
        candidate: &mut Candidate<'s, 'v, V>,
    ) -> bool {
        properties.named.iter().any(|(name, schema)| {
            self.referred(*schema).0.iter().any(|rule| match rule {
                Rule::Const(Literal::String(only)) => {
                    candidate.text(name).is_some_and(|text| text != *only)
                }
                _ => false,
            })
        })
    }

    /// Whether a rule lists values, those that are valid or those that are not.
    fn is_tag(&self, rule: &Rule<'s>) -> bool {
        match rule {
            Rule::Const(_) | Rule::Enum(_) => true,
            Rule::Not(schema) => {
                matches!(self.referred(*schema).0, [Rule::Const(_) | Rule::Enum(_)])
            }
            _ => false,
        }
    }

    fn is_valid_tag<'v>(&self, rule: &Rule<'s>, value: impl View<'v>) -> bool {
        match rule {
            Rule::Not(schema) => !self.referred(*schema).0.iter().all(|it| is_valid(it, value)),
            rule => is_valid(rule, value),
        }
    }
}

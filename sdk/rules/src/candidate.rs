//! Which of several schemas a value may be valid against, by its type and its tags. This is decided before anything
//! within the value is evaluated, which may have alternatives too.
//!
//! ```text
//! {"oneOf": [{"properties": {"op": {"const": "and"}}}, {"properties": {"op": {"const": "not"}}}]}
//!
//! {"op": "not", "args": [..]}    only the second: `args` is not evaluated for the first
//! ```

use crate::alternatives::{DEEPEST, Tagged, alternatives_within};
use crate::evaluate::Evaluator;
use crate::leaf::is_valid;
use crate::schema::{Literal, Properties, Rule, SchemaRef, is_same};
use crate::types::Types;
use crate::view::{Leaf, View};

/// The name of a property, and its value without what is within, if the property is present.
type Found<'s, 'v, V> = (&'s str, Option<(V, Leaf<'v>)>);

/// A value, and the properties of it that were looked up.
pub(crate) struct Candidate<'s, 'v, V> {
    value: V,
    types: Types,
    /// The properties that were looked up last. Alternatives mostly need the same ones.
    seen: [Option<Found<'s, 'v, V>>; 4],
    /// The index at which the next one is noted.
    next: usize,
}

impl<'s, 'v, V: View<'v>> Candidate<'s, 'v, V> {
    #[inline]
    pub(crate) fn new(value: V) -> Self {
        Self { value, types: value.leaf().types(), seen: [None; 4], next: 0 }
    }

    #[inline]
    fn get(&mut self, name: &'s str) -> Option<(V, Leaf<'v>)> {
        for (known, found) in self.seen.iter().flatten() {
            if is_same(known, name) {
                return *found;
            }
        }
        self.look_up(name)
    }

    fn look_up(&mut self, name: &'s str) -> Option<(V, Leaf<'v>)> {
        let found = self.value.get(name).map(|value| (value, value.leaf()));
        self.seen[self.next] = Some((name, found));
        self.next = (self.next + 1) % self.seen.len();
        found
    }
}

/// Which of several schemas a value may be valid against.
pub(crate) enum Candidates<'s> {
    /// None.
    Nothing,
    /// Only this one, or this alternative of an alternative.
    One(SchemaRef<'s>),
    /// More than one, or an evaluation is needed to decide.
    Several,
}

impl<'s> Evaluator<'s> {
    /// Which of several alternatives a value may be valid against. Alternatives of alternatives are looked at too: if
    /// only one is left, it decides `oneOf` and `anyOf` on every level.
    pub(crate) fn candidates<'v, V: View<'v>>(
        &self,
        branches: &[SchemaRef<'s>],
        candidate: &mut Candidate<'s, 'v, V>,
    ) -> Candidates<'s> {
        match self.prepared(branches) {
            Some(tagged) => self.tagged_candidates(tagged, candidate),
            None => self.candidates_of(branches, candidate, 0),
        }
    }

    /// The tag that distinguishes the alternatives, if it is known.
    #[inline]
    pub(crate) fn prepared(&self, branches: &[SchemaRef<'s>]) -> Option<&'s Tagged<'s>> {
        self.known.alternatives.and_then(|all| all.find(branches))
    }

    pub(crate) fn tagged_candidates<'v, V: View<'v>>(
        &self,
        tagged: &'s Tagged<'s>,
        candidate: &mut Candidate<'s, 'v, V>,
    ) -> Candidates<'s> {
        // What is no object has no tag.
        let tag = candidate.get(tagged.tag).map(|(_, leaf)| leaf);
        match tagged.with(tag) {
            [only] => Candidates::One(*only),
            branches => self.candidates_of(branches, candidate, 0),
        }
    }

    fn candidates_of<'v, V: View<'v>>(
        &self,
        branches: &[SchemaRef<'s>],
        candidate: &mut Candidate<'s, 'v, V>,
        depth: usize,
    ) -> Candidates<'s> {
        let mut found = Candidates::Nothing;
        for branch in branches {
            let of_branch = match alternatives_within(self.referred(*branch).0, depth) {
                Some(inner) => self.candidates_of(inner, candidate, depth + 1),
                None if self.is_for(*branch, candidate) => Candidates::One(*branch),
                None => Candidates::Nothing,
            };
            found = match (found, of_branch) {
                (Candidates::Nothing, one) | (one, Candidates::Nothing) => one,
                _ => return Candidates::Several,
            };
        }
        found
    }

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
            Rule::Required(names) if candidate.types == Types::OBJECT => {
                names.iter().all(|name| candidate.get(name).is_some())
            }
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

    /// Whether each property with listed values has one of them.
    fn are_tags_right<'v, V: View<'v>>(
        &self,
        properties: &Properties<'s>,
        candidate: &mut Candidate<'s, 'v, V>,
    ) -> bool {
        properties.named.iter().all(|(name, schema)| {
            self.referred(*schema).0.iter().all(|rule| {
                !self.is_tag(rule)
                    || candidate.get(name).is_none_or(|found| self.is_valid_tag(rule, found))
            })
        })
    }

    /// Whether a rule lists values, either valid or invalid ones.
    #[inline]
    fn is_tag(&self, rule: &Rule<'s>) -> bool {
        match rule {
            Rule::Const(_) | Rule::Enum(_) => true,
            Rule::Not(schema) => {
                matches!(self.referred(*schema).0, [Rule::Const(_) | Rule::Enum(_)])
            }
            _ => false,
        }
    }

    #[inline]
    fn is_valid_tag<'v, V: View<'v>>(&self, rule: &Rule<'s>, found: (V, Leaf<'v>)) -> bool {
        match (rule, found.1) {
            (Rule::Const(Literal::String(only)), Leaf::String(text)) => is_same(only, text),
            (Rule::Not(schema), _) => {
                !self.referred(*schema).0.iter().all(|it| is_valid(it, &found.1, found.0))
            }
            _ => is_valid(rule, &found.1, found.0),
        }
    }
}

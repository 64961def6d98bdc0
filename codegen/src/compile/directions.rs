//! What is not demanded of a value because of the way that it goes: `readOnly` properties are not sent,
//! `writeOnly` ones are not received.
//!
//! ```text
//! { "properties": { "id": { "readOnly": true } }, "if": A, "then": { "required": ["id", "name"] } }
//!
//! in a request: [If(A, then [Required(["name"])])]
//! ```
//!
//! It does not matter which of the schemas on the value describes the property, and which requires it.
//! What only asks, as `not` and `if` do, is answered by the value as it is.

use super::documents::key;
use super::scopes::ScopeId;
use super::{Compiler, schema};
use crate::collect_vec::CollectVec as _;
use crate::model::Direction;
use crate::schema::{Keyword, Located, SameValue};

impl<'s> Compiler<'s> {
    /// The scope of a value of its own, which a schema describes.
    pub(super) fn scope_of_value(&mut self, schema: &Located<'s>, outer: ScopeId) -> ScopeId {
        let Some(direction) = self.scopes.direction(outer) else { return outer };
        let known = self.absent.get(&(key(schema), direction)).cloned();
        let absent = known.unwrap_or_else(|| {
            let absent = self.absent_properties(schema, direction);
            self.absent.insert((key(schema), direction), absent.clone());
            absent
        });
        self.scopes.of_value(outer, absent)
    }

    fn absent_properties(&mut self, schema: &Located<'s>, direction: Direction) -> Vec<String> {
        let keyword = match direction {
            Direction::Sent => Keyword::ReadOnly,
            Direction::Received => Keyword::WriteOnly,
        };
        let mut absent = Vec::new();
        for part in self.schemas_on_value(schema) {
            let listed = part.keyword(Keyword::Properties);
            for (name, property) in listed.iter().flat_map(Located::properties) {
                let is_absent =
                    |part: &Located<'_>| part.keyword(keyword).is_some_and(|it| it.node.is_true());
                if self.parts(&property, &[Keyword::AllOf]).iter().any(is_absent) {
                    absent.push(name.to_owned());
                }
            }
        }
        absent.sort();
        absent.dedup();
        absent
    }

    /// A schema, and all those that it has a value be valid against as well, be it under a condition.
    fn schemas_on_value(&mut self, schema: &Located<'s>) -> Vec<Located<'s>> {
        use Keyword::{AllOf, AnyOf, DependentSchemas, Else, OneOf, Then};
        self.parts(schema, &[AllOf, AnyOf, OneOf, Then, Else, DependentSchemas])
    }

    fn parts(&mut self, schema: &Located<'s>, keywords: &[Keyword]) -> Vec<Located<'s>> {
        let target =
            |part: &Located<'s>, reference: &Located<'s>| self.target(part, reference).ok();
        SameValue { keywords, target }.of(schema)
    }
}

impl<'s> schema::Schema<'_, 's> {
    /// The names that are demanded of the value.
    pub(super) fn demanded(&mut self, value: &Located<'s>) -> &'s [&'s str] {
        let names = self.strings(value).iter().copied();
        let names = names.filter(|name| !self.compiler.scopes.lacks(self.position.scope, name));
        let names = names.collect_vec();
        self.slice(&names)
    }

    /// Whether a schema on the value demands nothing but what is not there in the value's direction.
    pub(super) fn demands_what_is_absent(&mut self, schema: &Located<'s>) -> bool {
        let parts = self.compiler.schemas_on_value(schema);
        let required = parts.iter().filter_map(|part| part.keyword(Keyword::Required));
        let mut demands = required.map(|names| names.texts()).filter(|names| !names.is_empty());
        let lacks = |name: &String| self.compiler.scopes.lacks(self.position.scope, name);
        demands.any(|names| names.iter().all(lacks))
    }
}

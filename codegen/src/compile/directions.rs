//! Does not require properties that a value lacks by its direction: `readOnly` properties are not
//! sent, `writeOnly` ones are not received.
//!
//! ```text
//! { "properties": { "id": { "readOnly": true } }, "if": A, "then": { "required": ["id", "name"] } }
//!
//! in a request: [If(A, then [Required(["name"])])]
//! ```
//!
//! One schema on the value may describe the property, and another may require it. A schema under
//! `not` or `if` asks about the value as it is, so that nothing is left out there.

use super::Compiler;
use super::documents::key;
use super::rule_builder::RuleBuilder;
use super::scopes::ScopeId;
use crate::model::Direction;
use crate::schema::{Keyword, Located, Mark, SameValue, of_schemas};
use crate::util::CollectVec as _;

impl<'s> Compiler<'s> {
    /// The scope of a schema that describes another value than the schema around it, such as that
    /// of a property: the absent properties are those of this value.
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
            let properties = part.keyword(Keyword::Properties);
            for (name, property) in properties.iter().flat_map(Located::properties) {
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

    /// A schema, and all schemas that it applies to the same value, be it under a condition.
    fn schemas_on_value(&mut self, schema: &Located<'s>) -> Vec<Located<'s>> {
        let on_value = of_schemas().map(|info| info.keyword);
        let on_value = on_value.filter(|it| it.is(Mark::OnSameValue) && !it.asks());
        self.parts(schema, &on_value.collect_vec())
    }

    fn parts(&mut self, schema: &Located<'s>, keywords: &[Keyword]) -> Vec<Located<'s>> {
        let target =
            |part: &Located<'s>, reference: &Located<'s>| self.target(part, reference).ok();
        SameValue { keywords, target }.of(schema)
    }
}

impl<'s> RuleBuilder<'_, 's> {
    /// The names in a list that are required of the value: those that it does not lack.
    pub(super) fn required_names(&mut self, value: &Located<'s>) -> &'s [&'s str] {
        let names = self.strings(value).iter().copied();
        let names = names.filter(|name| !self.compiler.scopes.lacks(self.origin.scope, name));
        let names = names.collect_vec();
        self.slice(&names)
    }

    /// Whether a schema on the value requires nothing but properties that the value lacks.
    pub(super) fn requires_only_absent(&mut self, schema: &Located<'s>) -> bool {
        let parts = self.compiler.schemas_on_value(schema);
        let required = parts.iter().filter_map(|part| part.keyword(Keyword::Required));
        let mut lists = required.map(|names| names.texts()).filter(|names| !names.is_empty());
        let lacks = |name: &String| self.compiler.scopes.lacks(self.origin.scope, name);
        lists.any(|names| names.iter().all(lacks))
    }
}

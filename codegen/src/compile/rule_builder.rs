//! One schema while it is compiled: its keywords, and the rules that they became.
//!
//! ```text
//! { "minLength": 1, "not": A }    rules: [MinLength(1)] so far; [MinLength(1), Not(A)] after `not`
//! ```

use wechat_bizwifi_rules::{Decimal, Pattern, Rule, SchemaRef};

use super::dialect::Dialect;
use super::documents::Target;
use super::{Compiler, NodeId, Origin};
use crate::pattern::translate_at;
use crate::schema::{Draft, Keyword, Located, Mark};
use crate::source::{Object, Value};
use crate::util::{CollectVec as _, PushAll as _};

/// A schema that is being compiled.
pub(super) struct RuleBuilder<'c, 's> {
    pub(super) compiler: &'c mut Compiler<'s>,
    pub(super) id: NodeId,
    pub(super) origin: Origin<'s>,
    pub(super) object: &'s Object,
    pub(super) rules: Vec<Rule<'s>>,
}

impl<'s> RuleBuilder<'_, 's> {
    /// A keyword's value.
    pub(super) fn get(&self, keyword: Keyword) -> Option<Located<'s>> {
        let node = self.object.get(keyword.name())?;
        Some(self.origin.schema.below(keyword.name(), node))
    }

    /// The draft of the schema.
    pub(super) fn draft(&self) -> Draft {
        self.dialect().draft
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.compiler.documents.dialect(self.origin.resource)
    }

    pub(super) fn add(&mut self, rule: Rule<'s>) {
        self.rules.push(rule);
    }

    /// Adds the rule of a keyword that holds a schema.
    pub(super) fn add_child(&mut self, keyword: Keyword, rule: fn(SchemaRef<'s>) -> Rule<'s>) {
        let child = self.child_of(keyword);
        self.rules.push_all(child.map(rule));
    }

    /// Adds the rule of a keyword that holds an array of schemas.
    pub(super) fn add_children(
        &mut self,
        keyword: Keyword,
        rule: fn(&'s [SchemaRef<'s>]) -> Rule<'s>,
    ) {
        let children = self.children_of(keyword);
        self.rules.push_all(children.map(rule));
    }

    /// Adds the rule of a keyword that holds a number.
    pub(super) fn add_number(&mut self, keyword: Keyword, rule: fn(&'s Decimal<'s>) -> Rule<'s>) {
        let number = self.number(keyword);
        self.rules.push_all(number.map(rule));
    }

    /// Adds the rules of an inclusive and an exclusive bound. In draft 4, the exclusive keyword is
    /// a boolean: whether the bound of the other keyword is exclusive.
    pub(super) fn add_bounds(
        &mut self,
        [inclusive, exclusive]: [Keyword; 2],
        [rule, exclusive_rule]: [fn(&'s Decimal<'s>) -> Rule<'s>; 2],
    ) {
        if self.draft() == Draft::Draft4 {
            let is_exclusive = self.flag(exclusive) == Some(true);
            self.add_number(inclusive, if is_exclusive { exclusive_rule } else { rule });
        } else {
            self.add_number(inclusive, rule);
            self.add_number(exclusive, exclusive_rule);
        }
    }

    /// Adds the rule of a keyword that holds a count.
    pub(super) fn add_count(&mut self, keyword: Keyword, rule: fn(u64) -> Rule<'s>) {
        let count = self.count(keyword);
        self.rules.push_all(count.map(rule));
    }

    pub(super) fn count(&mut self, keyword: Keyword) -> Option<u64> {
        let count = self.get(keyword)?.count().ok()?;
        u64::try_from(count).ok()
    }

    /// A number, exactly as it is written.
    pub(super) fn number(&mut self, keyword: Keyword) -> Option<&'s Decimal<'s>> {
        let value = self.get(keyword)?;
        value.number(keyword).ok()?;
        decimal(&value).map(|number| self.alloc(number))
    }

    pub(super) fn flag(&mut self, keyword: Keyword) -> Option<bool> {
        self.get(keyword)?.flag().ok()
    }

    /// The schema that a keyword holds.
    pub(super) fn child_of(&mut self, keyword: Keyword) -> Option<SchemaRef<'s>> {
        self.get(keyword).map(|schema| self.child(schema, keyword))
    }

    /// A subschema in a keyword's value.
    pub(super) fn child(&mut self, schema: Located<'s>, keyword: Keyword) -> SchemaRef<'s> {
        let outer = self.origin.scope;
        let scope = match keyword {
            keyword if keyword.asks() => self.compiler.scopes.asking(outer),
            keyword if keyword.is(Mark::OnSameValue) => outer,
            _ => self.compiler.scope_of_value(&schema, outer),
        };
        let resource = self.compiler.documents.resource_of(&schema, self.origin.resource);
        SchemaRef::Node(self.compiler.node(Target { schema, resource }, scope).0)
    }

    /// A schema that a reference leads to, on the same value.
    pub(super) fn target(&mut self, target: Target<'s>) -> SchemaRef<'s> {
        SchemaRef::Node(self.compiler.node(target, self.origin.scope).0)
    }

    /// The schemas of a keyword that holds an array of them.
    pub(super) fn children_of(&mut self, keyword: Keyword) -> Option<&'s [SchemaRef<'s>]> {
        let value = self.get(keyword)?;
        if !matches!(&value.node.value, Value::Array(items) if !items.is_empty()) {
            value.must_be("an array of schemas, one at least");
            return None;
        }
        let items = value.items();
        let items = items.into_iter().map(|item| self.child(item, keyword)).collect_vec();
        Some(self.slice(&items))
    }

    /// The strings of an array; other items are reported.
    pub(super) fn strings(&mut self, value: &Located<'s>) -> &'s [&'s str] {
        let items = value.items();
        let strings = items.iter().filter_map(|item| item.text().ok()).collect_vec();
        self.slice(&strings)
    }

    /// The pattern with this source, which all places with the same source share; `None` if it
    /// cannot be translated, which was reported.
    pub(super) fn pattern(&mut self, source: &'s str, at: &Located<'s>) -> Option<&'s Pattern<'s>> {
        if let Some(known) = self.compiler.patterns.get(source) {
            return Some(known);
        }
        let translated = translate_at(source, at).ok()?;
        self.keep_pattern(source, &translated)
    }

    #[cfg(feature = "pattern")]
    #[expect(clippy::unnecessary_wraps, reason = "without the feature there is nothing to return")]
    fn keep_pattern(&mut self, source: &'s str, translated: &str) -> Option<&'s Pattern<'s>> {
        let arena = self.compiler.arena;
        let translated = arena.text(translated);
        let pattern = arena.patterns.alloc(Pattern::new(source, translated));
        self.compiler.patterns.insert(source, pattern);
        Some(pattern)
    }

    /// Without the feature, no pattern is kept.
    #[cfg(not(feature = "pattern"))]
    #[expect(clippy::unused_self, reason = "with the feature it keeps the pattern")]
    fn keep_pattern(&mut self, _: &'s str, _: &str) -> Option<&'s Pattern<'s>> {
        None
    }

    pub(super) fn alloc<T: Copy>(&self, value: T) -> &'s T {
        self.compiler.arena.value(value)
    }

    pub(super) fn slice<T: Copy>(&self, values: &[T]) -> &'s [T] {
        self.compiler.arena.slice(values)
    }
}

/// A number, parsed from its text in the file so that no digit is lost.
pub(super) fn decimal<'s>(located: &Located<'s>) -> Option<Decimal<'s>> {
    located.file.text.text.get(located.node.span.range()).and_then(Decimal::parse)
}

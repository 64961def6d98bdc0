//! The schemas that apply to the same value: a schema, and those that its keywords hold or refer
//! to.
//!
//! ```text
//! { "$ref": "#/$defs/A", "allOf": [B, { "anyOf": [C] }] }
//!
//! by `$ref` and `allOf`: the schema itself, A, B, and the schema that has the `anyOf`
//! ```

use super::keywords::Keyword;
use super::located::Located;
use crate::source::Node;
use crate::util::{CollectVec as _, PushAll as _};

/// How schemas lead to other schemas of the same value.
pub(crate) struct SameValue<'k, T> {
    /// The keywords that hold such schemas, beside `$ref`.
    pub(crate) keywords: &'k [Keyword],
    /// Where the `$ref` of a schema leads.
    pub(crate) target: T,
}

impl<'a, T> SameValue<'_, T>
where
    T: FnMut(&Located<'a>, &Located<'a>) -> Option<Located<'a>>,
{
    /// The schema, and all schemas that it leads to, directly or not. A schema with a `$ref` in a
    /// draft up to 7 is left out, since its other keywords are ignored; only its target is
    /// followed.
    pub(crate) fn of(mut self, schema: &Located<'a>) -> Vec<Located<'a>> {
        let mut seen: Vec<*const Node> = Vec::new();
        let mut found = Vec::new();
        let mut left = vec![schema.clone()];
        while let Some(schema) = left.pop() {
            let node = std::ptr::from_ref(schema.node);
            if seen.contains(&node) || !schema.node.is_object() {
                continue;
            }
            seen.push(node);
            let reference = schema.keyword(Keyword::Ref);
            let is_lone = schema.is_lone_reference();
            if !is_lone {
                left.push_all(self.held(&schema).into_iter().rev());
            }
            left.push_all(reference.and_then(|it| (self.target)(&schema, &it)));
            if !is_lone {
                found.push(schema);
            }
        }
        found
    }

    /// The subschemas of the keywords.
    fn held(&self, schema: &Located<'a>) -> Vec<Located<'a>> {
        let keywords = self.keywords.iter().filter_map(|it| Some((it, schema.keyword(*it)?)));
        keywords.flat_map(|(keyword, value)| value.subschemas(keyword.info().holds)).collect_vec()
    }
}

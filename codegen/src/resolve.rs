//! Finds the schema that each `$ref` leads to.
//!
//! ```text
//! set.json: { "$ref": "common.json#/$defs/ShopId" }
//!
//! set.json /$ref leads to common.json /$defs/ShopId
//! ```

use crate::compile::Compiler;
use crate::diagnostics::{Place, Reported};
use crate::schema::{Descriptions, Identity, Keyword, Located, SameValue};
use crate::source::{Node, Value};
use crate::util::{Map, PushAll as _, Set};

/// Where every `$ref` leads.
#[derive(Default)]
pub(crate) struct References<'a> {
    /// The target of each `$ref`, by the identity of the `$ref`.
    targets: Map<Identity, Result<Located<'a>, Reported>>,
    /// The place of each `$ref` and of its target, in the order in which they were found.
    pub(crate) places: Vec<(Place, Option<Place>)>,
    /// How many schemas have each dynamic anchor.
    anchors: Map<&'a str, usize>,
    has_dynamic: bool,
    /// The schemas whose metaschema leaves out the validation vocabulary.
    unvalidated: Set<Identity>,
}

impl<'a> References<'a> {
    /// Whether a `$dynamicRef` or `$recursiveRef` can lead to different schemas, depending on the
    /// dynamic scope. Then types cannot be made of single schemas.
    pub(crate) fn are_ambiguous(&self) -> bool {
        self.has_dynamic && self.anchors.iter().any(|(_, count)| *count > 1)
    }

    /// Whether `type`, `maxLength` and their like restrict the values of a schema.
    pub(crate) fn validate(&self, schema: &Located<'a>) -> bool {
        !self.unvalidated.contains(&schema.identity())
    }

    /// The target of a `$ref`; reports an error if none was looked for.
    pub(crate) fn target(&self, reference: &Located<'a>) -> Result<Located<'a>, Reported> {
        self.known_target(reference).unwrap_or_else(|| {
            reference
                .error("stands where no `$ref` is followed")
                .help("write the schema here in its place")
                .fail()
        })
    }

    /// The target of a `$ref`; `None` if none was looked for.
    pub(crate) fn known_target(
        &self,
        reference: &Located<'a>,
    ) -> Option<Result<Located<'a>, Reported>> {
        self.targets.get(&reference.identity()).cloned()
    }

    /// All schemas that a value of this one must be valid against: the schema itself, the target of
    /// its `$ref`, the branches of its `allOf`, and again those of each.
    pub(crate) fn parts_of(&self, schema: &Located<'a>) -> Vec<Located<'a>> {
        let target = |_: &_, reference: &Located<'a>| self.known_target(reference)?.ok();
        SameValue { keywords: &[Keyword::AllOf], target }.of(schema)
    }
}

/// Finds the target of every `$ref` in the schemas of the descriptions, and in the targets
/// themselves.
pub(crate) fn resolve<'a>(
    descriptions: &Descriptions<'a>,
    compiler: &mut Compiler<'a>,
) -> References<'a> {
    let mut walk = Walk {
        compiler,
        references: References::default(),
        left: descriptions.schemas(),
        seen: Set::default(),
    };
    while let Some(schema) = walk.left.pop() {
        walk.schema(&schema);
    }
    walk.references
}

struct Walk<'a, 'c> {
    compiler: &'c mut Compiler<'a>,
    references: References<'a>,
    /// The schemas that are still to be walked.
    left: Vec<Located<'a>>,
    seen: Set<*const Node>,
}

impl<'a> Walk<'a, '_> {
    fn schema(&mut self, schema: &Located<'a>) {
        let Value::Object(object) = &schema.node.value else { return };
        if !self.seen.insert(std::ptr::from_ref(schema.node)) {
            return;
        }
        if schema.is_document() && !self.compiler.validates(schema) {
            self.references.unvalidated.insert(schema.identity());
        }
        let is_lone = schema.is_lone_reference();
        for entry in &object.entries {
            let below = schema.below(&entry.key, &entry.node);
            match Keyword::of_schema(&entry.key) {
                Some(Keyword::Ref) => self.reference(schema, &below),
                // It is ignored there, but a reference may lead to a schema in it.
                Some(keyword) if !keyword.exists_in(schema.draft) => {
                    self.left.push_all(below.subschemas(keyword.info().holds));
                }
                Some(Keyword::DynamicRef | Keyword::RecursiveRef) => {
                    self.references.has_dynamic = true;
                }
                Some(Keyword::DynamicAnchor | Keyword::RecursiveAnchor) => self.anchor(&below),
                Some(keyword) if is_lone && keyword.is_enforced() => {}
                Some(keyword) => self.left.push_all(below.subschemas(keyword.info().holds)),
                None => {}
            }
        }
    }

    /// Counts a dynamic anchor. `$recursiveAnchor` of 2019-09 counts as one without a name.
    fn anchor(&mut self, anchor: &Located<'a>) {
        let name = match &anchor.node.value {
            Value::String(name) => name,
            Value::Bool(true) => "",
            _ => return,
        };
        *self.references.anchors.entry(name).get_or_insert_default() += 1;
    }

    fn reference(&mut self, schema: &Located<'a>, reference: &Located<'a>) {
        let target = self.compiler.target(schema, reference);
        let place = target.as_ref().ok().map(|target| target.place.clone());
        self.references.places.push((reference.place.clone(), place));
        self.references.targets.insert(reference.identity(), target.clone());
        self.left.push_all(target.ok());
    }
}

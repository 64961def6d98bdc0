//! The documents that were given, the resources and anchors in them, and where references lead.
//!
//! ```text
//! { "$id": "https://example.com/a", "$defs": { "B": { "$anchor": "b" } } }
//!
//! resource https://example.com/a, with the anchor `b`: `#b` and `#/$defs/B` lead to one place
//! ```

mod reading;

use super::Arena;
use super::dialect::Dialect;
use super::metaschemas;
use crate::diagnostics::{Reported, Reporter};
use crate::schema::{Keyword, Located, known_drafts};
use crate::source::{File, Node, Object, Sources, Value, uri};
use crate::util::{CollectVec as _, Map, PushAll as _};

/// A document: its file, its URI, and the schemas in it whose `$id`s and anchors can be referred
/// to.
#[derive(Clone)]
pub(crate) struct Document<'s> {
    pub(crate) file: &'s File,
    pub(crate) uri: String,
    pub(crate) schemas: Vec<Located<'s>>,
}

impl<'s> Document<'s> {
    /// A file that is a schema. If `uri` is `None`, its URI is made of its path.
    pub(crate) fn new(file: &'s File, uri: Option<&str>, reporter: &'s Reporter) -> Self {
        let uri = uri.and_then(uri::normal).unwrap_or_else(|| uri::of_file(&file.path));
        Self { file, uri, schemas: vec![Located::root(file, reporter)] }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ResourceId(usize);

/// A schema with a URI of its own.
struct Resource<'s> {
    uri: String,
    root: Located<'s>,
    dialect: Dialect,
    anchors: Map<String, Anchor<'s>>,
}

#[derive(Clone)]
struct Anchor<'s> {
    schema: Located<'s>,
    is_dynamic: bool,
}

/// Identifies a value in a document. Lowering needs an `Identity` instead, since it has nodes that
/// several schemas share, such as that of `true`.
pub(super) type NodeKey = *const Node;

/// A schema, and the resource that it is part of.
#[derive(Clone)]
pub(super) struct Target<'s> {
    pub(super) schema: Located<'s>,
    pub(super) resource: ResourceId,
}

/// All documents, and what can be referred to in them.
pub(super) struct Documents<'s> {
    given: Vec<Document<'s>>,
    sources: Option<&'s Sources>,
    arena: &'s Arena<'s>,
    /// The files that could not be read, by their URIs.
    unread: Map<String, Reported>,
    resources: Vec<Resource<'s>>,
    by_uri: Map<String, ResourceId>,
    /// The resource of every schema that was walked.
    resource_of_node: Map<NodeKey, ResourceId>,
    default: Dialect,
    /// Whether one of them may have `unevaluatedItems`.
    pub(super) ask_for_unevaluated_items: bool,
    reporter: &'s Reporter,
}

impl<'s> Documents<'s> {
    pub(super) fn new(
        (given, sources): (Vec<Document<'s>>, Option<&'s Sources>),
        (arena, default): (&'s Arena<'s>, Dialect),
        reporter: &'s Reporter,
    ) -> Self {
        let mut documents = Self {
            given: given.clone(),
            sources,
            arena,
            unread: Map::default(),
            resources: Vec::new(),
            by_uri: Map::default(),
            resource_of_node: Map::default(),
            default,
            ask_for_unevaluated_items: false,
            reporter,
        };
        for document in &given {
            documents.index(document);
        }
        documents
    }

    fn index(&mut self, document: &Document<'s>) -> ResourceId {
        let root = Located::root(document.file, self.reporter);
        self.ask_for_unevaluated_items |= document.file.text.text.contains("unevaluatedItems");
        let referrer = document.file.referrer_schema.as_deref();
        let dialect = referrer.and_then(|stated| self.find_dialect(stated, document.file));
        let id = self.add(document.uri.clone(), root, dialect.unwrap_or(self.default));
        self.by_uri.entry(document.uri.clone()).get_or_insert(id);
        for schema in &document.schemas {
            self.walk(schema.clone(), id);
        }
        id
    }

    fn add(&mut self, uri: String, root: Located<'s>, dialect: Dialect) -> ResourceId {
        let id = ResourceId(self.resources.len());
        self.resources.push(Resource { uri, root, dialect, anchors: Map::default() });
        id
    }

    /// Finds the resources and anchors in a schema.
    fn walk(&mut self, schema: Located<'s>, resource: ResourceId) {
        let mut left = vec![(schema, resource)];
        while let Some((schema, outer)) = left.pop() {
            let Value::Object(object) = &schema.node.value else { continue };
            if self.resource_of_node.contains_key(&key(&schema)) {
                continue;
            }
            let resource = self.enter(&schema, object, outer);
            self.resource_of_node.insert(key(&schema), resource);
            self.add_anchors(&schema, object, resource);
            let draft = self.dialect(resource).draft;
            let begin = left.len();
            for entry in &object.entries {
                let held =
                    Keyword::of_schema(&entry.key).and_then(|keyword| keyword.holds_in(draft));
                let Some(held) = held else { continue };
                let below = schema.below(&entry.key, &entry.node);
                left.push_all(below.subschemas(held).into_iter().map(|schema| (schema, resource)));
            }
            // The last one is taken first.
            left[begin..].reverse();
        }
    }

    /// The resource of a schema: a new one if it has an `$id`. The `$id` of a document's root names
    /// the resource of the document instead.
    fn enter(&mut self, schema: &Located<'s>, object: &'s Object, outer: ResourceId) -> ResourceId {
        let is_root = key(&self.resources[outer.0].root) == key(schema);
        let stated = self.stated_dialect(schema, object);
        let dialect = stated.unwrap_or_else(|| self.dialect(outer));
        let base = &self.resources[outer.0].uri;
        let id = identifier(object, dialect).and_then(|id| id.split('#').next());
        let id = id.filter(|id| !id.is_empty()).and_then(|id| uri::resolve(base, id));
        match id {
            None if is_root => self.resources[outer.0].dialect = dialect,
            None => {}
            Some(id) if is_root => {
                self.identify(schema, &id, outer);
                self.resources[outer.0].dialect = dialect;
                self.resources[outer.0].uri = id;
            }
            Some(id) => {
                let resource = self.add(id.clone(), schema.clone(), dialect);
                self.identify(schema, &id, resource);
                return resource;
            }
        }
        outer
    }

    /// Has references to an `$id` lead to a resource, unless they lead to another one already.
    fn identify(&mut self, schema: &Located<'s>, id: &str, resource: ResourceId) {
        let first = *self.by_uri.entry(id.to_owned()).get_or_insert(resource);
        if first != resource {
            let first = &self.resources[first.0].root;
            report_repeated(schema, &format!("the identifier `{id}`"), first);
        }
    }

    /// The dialect that a `$schema` names. If its metaschema is not known, its file is read.
    fn find_dialect(&mut self, stated: &str, file: &'s File) -> Option<Dialect> {
        let known = Dialect::find(stated, &|uri| self.document(uri));
        known.or_else(|| {
            self.read(&uri::normal(stated.trim_end_matches('#'))?, file)?.ok()?;
            Dialect::find(stated, &|uri| self.document(uri))
        })
    }

    fn stated_dialect(&mut self, schema: &Located<'s>, object: &'s Object) -> Option<Dialect> {
        let node = object.get("$schema")?;
        let Value::String(stated) = &node.value else { return None };
        let found = self.find_dialect(stated, schema.file);
        if found.is_none() {
            schema
                .below("$schema", node)
                .error("is no draft of JSON Schema that is known here")
                .help(format!("take it out, or state one of {}", known_drafts()));
        }
        found
    }

    /// The document that was given under this URI, or whose `$id` it is.
    fn document(&self, uri: &str) -> Option<&'s Node> {
        let states = |document: &Document<'s>| {
            document.file.stated_id().is_some_and(|id| id.trim_end_matches('#') == uri)
        };
        let given = self.given.iter().find(|document| document.uri == uri || states(document));
        given.map(|document| &document.file.root)
    }

    /// Adds the anchors of a schema. In drafts up to 7, the fragment of its `$id` is its anchor.
    fn add_anchors(&mut self, schema: &Located<'s>, object: &'s Object, resource: ResourceId) {
        let dialect = self.dialect(resource);
        let anchors = &mut self.resources[resource.0].anchors;
        let mut add = |name: &str, is_dynamic| {
            let anchor = Anchor { schema: schema.clone(), is_dynamic };
            let first = anchors.entry(name.to_owned()).get_or_insert(anchor);
            first.is_dynamic |= is_dynamic;
            if key(&first.schema) != key(schema) {
                report_repeated(schema, &format!("the anchor `{name}`"), &first.schema);
            }
        };
        let by_id = identifier(object, dialect).and_then(|id| id.split_once('#'));
        if let Some((_, fragment)) = by_id.filter(|(_, fragment)| !fragment.is_empty()) {
            add(fragment, false);
        }
        for (keyword, is_dynamic) in [(Keyword::Anchor, false), (Keyword::DynamicAnchor, true)] {
            let name = keyword.holds_in(dialect.draft).and_then(|_| object.text(keyword.name()));
            if let Some(name) = name {
                add(name, is_dynamic);
            }
        }
        let is_recursive = Keyword::RecursiveAnchor.holds_in(dialect.draft).is_some()
            && object
                .get("$recursiveAnchor")
                .is_some_and(|node| matches!(node.value, Value::Bool(true)));
        if is_recursive {
            add("", true);
        }
    }

    pub(super) fn dialect(&self, resource: ResourceId) -> Dialect {
        self.resources[resource.0].dialect
    }

    /// The resource of a schema; `outer` if the schema was not walked.
    pub(super) fn resource_of(&self, schema: &Located<'s>, outer: ResourceId) -> ResourceId {
        self.resource_of_node.get(&key(schema)).copied().unwrap_or(outer)
    }

    /// The resource of any value of a document. One that was not walked is walked as a part of the
    /// file's resource.
    pub(super) fn resource_at(&mut self, schema: &Located<'s>) -> ResourceId {
        if let Some(resource) = self.resource_of_node.get(&key(schema)) {
            return *resource;
        }
        let is_file = |document: &&Document<'s>| std::ptr::eq(document.file, schema.file);
        let file = self.given.iter().find(is_file).map(|document| document.uri.clone());
        let outer = file.and_then(|uri| self.by_uri.get(&uri).copied());
        let outer = outer.unwrap_or_else(|| {
            self.index(&Document {
                schemas: Vec::new(),
                ..Document::new(schema.file, None, self.reporter)
            })
        });
        self.walk(schema.clone(), outer);
        self.resource_of(schema, outer)
    }

    /// The names of a resource's dynamic anchors.
    pub(super) fn dynamic_anchors(&self, resource: ResourceId) -> impl Iterator<Item = &str> {
        let anchors = self.resources[resource.0].anchors.iter();
        anchors.filter(|(_, anchor)| anchor.is_dynamic).map(|(name, _)| &**name)
    }

    /// The schema of a resource's dynamic anchor.
    pub(super) fn dynamic_anchor(&self, resource: ResourceId, name: &str) -> Option<Target<'s>> {
        let anchor = self.resources[resource.0].anchors.get(name)?;
        anchor.is_dynamic.then(|| Target { schema: anchor.schema.clone(), resource })
    }

    /// The target of a reference that stands in the resource `from`.
    pub(super) fn target(
        &mut self,
        reference: &Located<'s>,
        from: ResourceId,
    ) -> Result<Target<'s>, Reported> {
        let text = reference.text()?;
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let resource = if path.is_empty() { from } else { self.resource(reference, path, from)? };
        let fragment = uri::percent_decoded(fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.anchor(reference, resource, &fragment);
        }
        let root = self.resources[resource.0].root.clone();
        let mut target = Target { schema: root, resource };
        for step in uri::pointer_steps(&fragment) {
            let next = step_into(reference, &target.schema, &step)?;
            target = Target { resource: self.resource_of(&next, target.resource), schema: next };
        }
        self.walk(target.schema.clone(), target.resource);
        Ok(self.in_own_resource(target))
    }

    /// A target in the resource that it is part of, and in the draft of that.
    fn in_own_resource(&self, target: Target<'s>) -> Target<'s> {
        let resource = self.resource_of(&target.schema, target.resource);
        let draft = self.dialect(resource).draft;
        Target { resource, schema: Located { draft, ..target.schema } }
    }

    /// The resource that the path of a reference leads to: a known one, that of a file which is
    /// read for it, or a metaschema.
    fn resource(
        &mut self,
        reference: &Located<'s>,
        path: &str,
        from: ResourceId,
    ) -> Result<ResourceId, Reported> {
        let Some(uri) = uri::resolve(&self.resources[from.0].uri, path) else {
            let error = reference.must_be("a URI reference");
            return error.help("write it as in `other.json#/$defs/Name`").fail();
        };
        if let Some(resource) = self.by_uri.get(&uri) {
            return Ok(*resource);
        }
        if let Some(read) = self.read(&uri, reference.file) {
            return read;
        }
        if let Some(file) = metaschemas::find(&uri) {
            return Ok(self.index(&Document::new(file, Some(&uri), self.reporter)));
        }
        if let Some(read) = self.read_beside(reference, path, &uri) {
            return read;
        }
        self.report_missing(reference, path, &uri)
    }

    fn anchor(
        &self,
        reference: &Located<'s>,
        resource: ResourceId,
        name: &str,
    ) -> Result<Target<'s>, Reported> {
        let Some(anchor) = self.resources[resource.0].anchors.get(name) else {
            return reference
                .error(format!("leads nowhere: no `$anchor` is `{name}`"))
                .help("a place within a file is written as in `#/$defs/Name`")
                .fail();
        };
        Ok(self.in_own_resource(Target { schema: anchor.schema.clone(), resource }))
    }
}

pub(super) fn key(located: &Located<'_>) -> NodeKey {
    std::ptr::from_ref(located.node)
}

/// Reports a name that another schema had before: nobody can say which one a reference means.
fn report_repeated(schema: &Located<'_>, name: &str, first: &Located<'_>) {
    schema
        .lint(format!("{name} is that of another schema too: references lead to the first"))
        .help("give each schema a name of its own")
        .label(&first.place, "the first");
}

/// The `$id` of a schema, with its fragment. Drafts up to 7 ignore it beside a `$ref`.
fn identifier(object: &Object, dialect: Dialect) -> Option<&str> {
    let is_hidden = dialect.draft.is_lone_reference(object);
    object.text(dialect.draft.id_keyword()).filter(|_| !is_hidden)
}

fn step_into<'s>(
    reference: &Located<'s>,
    from: &Located<'s>,
    step: &str,
) -> Result<Located<'s>, Reported> {
    if let Some(next) = from.node.step(step) {
        return Ok(from.below(step, next));
    }
    if step.is_empty() {
        let error = reference.error("leads nowhere: a `/` in it has no name after it");
        return error.help("leave that `/` out; `#` alone leads to the whole document").fail();
    }
    let error = reference.error(format!("leads nowhere: there is no `{step}`"));
    if let Value::Object(object) = &from.node.value {
        let names = a_few(object.entries.iter().map(|entry| &*entry.key));
        error.help(format!("what is there: {names}"));
    }
    error.fail()
}

/// Lists the first few names, and says how many more there are.
fn a_few<'n>(mut names: impl Iterator<Item = &'n str>) -> String {
    const FEW: usize = 12;
    let shown: Vec<String> = names.by_ref().take(FEW).map(|name| format!("`{name}`")).collect_vec();
    match names.count() {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}

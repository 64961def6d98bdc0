//! The stage that compiles schemas of all drafts to rules.
//!
//! ```text
//! { "properties": { "child": { "$ref": "#" } } }
//!
//! node 0: [Properties { named: [("child", Node(1))], … }]
//! node 1: [AllOf([Node(0)])]
//! ```
//!
//! Rules refer to schemas by the numbers of their nodes, so that schemas may be recursive.
//! Generated code has a static in place of a node ([`crate::emit::statics`]).

mod arrays;
mod circles;
mod dialect;
mod directions;
mod documents;
mod keywords;
mod logic;
mod metaschemas;
mod objects;
mod references;
mod rule_builder;
mod scopes;
mod shallow;
mod values;

use bumpalo::Bump;
use wechat_bizwifi_rules::{
    Literal, Pattern, Properties, Rule, Schema, SchemaRef, Value as Evaluated, Violations,
    evaluate_value,
};

pub(crate) use self::circles::report_circle;
use self::dialect::Dialect;
pub(crate) use self::documents::Document;
use self::documents::{Documents, NodeKey, ResourceId, Target, key};
pub(crate) use self::objects::sort_names;
use self::rule_builder::RuleBuilder;
use self::scopes::{ScopeId, Scopes};
use crate::diagnostics::{Reported, Reporter};
use crate::model::Direction;
use crate::schema::{Draft, Keyword, Located};
use crate::source::{File, Sources, Value};
use crate::util::{CollectVec as _, Map, PushAll as _, Set};

/// Owns the rules while code is generated.
#[derive(Default)]
pub(crate) struct Arena<'s> {
    values: Bump,
    /// In an arena of their own, since patterns must be dropped, and `Bump` drops nothing.
    patterns: typed_arena::Arena<Pattern<'s>>,
    /// The files that were read for references.
    files: typed_arena::Arena<File>,
}

/// Functions that copy values into the arena. Those of `bumpalo` would be inlined wherever they are
/// called.
impl Arena<'_> {
    pub(crate) fn text(&self, text: &str) -> &str {
        self.values.alloc_str(text)
    }

    pub(crate) fn slice<T: Copy>(&self, values: &[T]) -> &[T] {
        self.values.alloc_slice_copy(values)
    }

    pub(crate) fn value<T: Copy>(&self, value: T) -> &T {
        &self.slice(&[value])[0]
    }
}

/// How documents are compiled.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    /// The draft of documents that state none.
    pub(crate) draft: Draft,
    /// Whether `format` is an assertion.
    pub(crate) asserts_formats: bool,
}

/// The number of a node, which is a compiled schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

impl NodeId {
    /// The node that a rule refers to. Only rules in generated code refer to statics.
    pub(crate) const fn of(reference: SchemaRef<'_>) -> Option<Self> {
        match reference {
            SchemaRef::Node(node) => Some(Self(node)),
            SchemaRef::To(_) => None,
        }
    }
}

/// What a node is compiled from: a schema, the resource that it is part of, and the scope that it is
/// reached in.
#[derive(Clone)]
struct Origin<'s> {
    schema: Located<'s>,
    resource: ResourceId,
    scope: ScopeId,
}

/// Compiles schemas, each once for each scope that it is reached in.
pub(crate) struct Compiler<'s> {
    arena: &'s Arena<'s>,
    documents: Documents<'s>,
    scopes: Scopes,
    asserts_formats: bool,
    /// The properties that a value of a schema lacks in a direction.
    absent: Map<(NodeKey, Direction), Vec<String>>,
    patterns: Map<&'s str, &'s Pattern<'s>>,
    schemas: Vec<Schema<'s>>,
    origins: Vec<Origin<'s>>,
    by_origin: Map<(NodeKey, ScopeId), NodeId>,
    /// Nodes that have a number and no rules yet.
    pending: Vec<NodeId>,
}

impl<'s> Compiler<'s> {
    pub(crate) fn new(
        arena: &'s Arena<'s>,
        (documents, sources): (Vec<Document<'s>>, Option<&'s Sources>),
        options: Options,
        reporter: &'s Reporter,
    ) -> Self {
        let default = Dialect::of(options.draft);
        Self {
            arena,
            documents: Documents::new((documents, sources), (arena, default), reporter),
            scopes: Scopes::default(),
            asserts_formats: options.asserts_formats,
            absent: Map::default(),
            patterns: Map::default(),
            schemas: Vec::new(),
            origins: Vec::new(),
            by_origin: Map::default(),
            pending: Vec::new(),
        }
    }

    /// The node of a schema, for values of one direction or of both. Properties that a value lacks
    /// in its direction are not required. All schemas that it leads to are compiled too.
    pub(crate) fn node_of(&mut self, schema: &Located<'s>, direction: Option<Direction>) -> NodeId {
        self.node_within(schema, schema, direction)
    }

    /// The node of a schema that is about the same value as the schema `whole` around it.
    fn node_within(
        &mut self,
        schema: &Located<'s>,
        whole: &Located<'s>,
        direction: Option<Direction>,
    ) -> NodeId {
        let resource = self.documents.resource_at(schema);
        let scope = self.scopes.outside(direction);
        let scope = self.scope_of_value(whole, scope);
        let id = self.node(Target { schema: schema.clone(), resource }, scope);
        while let Some(id) = self.pending.pop() {
            self.compile(id);
        }
        id
    }

    /// The paths of the files that were read because a reference leads to them.
    pub(crate) fn referred_files(&self) -> Vec<String> {
        self.documents.read_files()
    }

    /// The target of a reference that stands in a schema.
    pub(crate) fn target(
        &mut self,
        schema: &Located<'s>,
        reference: &Located<'s>,
    ) -> Result<Located<'s>, Reported> {
        let resource = self.documents.resource_at(schema);
        self.documents.target(reference, resource).map(|target| target.schema)
    }

    /// A new node with these rules, and with the origin of the node `of`.
    pub(crate) fn with_rules(&mut self, of: NodeId, rules: &[Rule<'s>]) -> NodeId {
        let origin = self.origins[of.0 as usize].clone();
        let id = self.push(origin);
        self.schemas[id.0 as usize] = Schema(self.arena.slice(rules));
        id
    }

    /// The rules that some keywords of a schema are compiled to. The schema is about the same value
    /// as the schema `whole` around it.
    pub(crate) fn rules_of(
        &mut self,
        schema: &Located<'s>,
        whole: &Located<'s>,
        keywords: &[Keyword],
        direction: Option<Direction>,
    ) -> Vec<Rule<'s>> {
        let id = self.node_within(schema, whole, direction);
        let origin = self.origins[id.0 as usize].clone();
        let Value::Object(object) = &origin.schema.node.value else {
            return self.rules(id).to_vec();
        };
        let anything = SchemaRef::Node(self.with_rules(id, &[]).0);
        let mut builder = RuleBuilder { compiler: self, id, origin, object, rules: Vec::new() };
        builder.compile(|row| row.keywords.iter().any(|keyword| keywords.contains(keyword)));
        let mut rules = builder.rules;
        for rule in &mut rules {
            if let Rule::Properties(properties) = rule
                && !keywords.contains(&Keyword::Properties)
            {
                // The names are still needed: they say which properties are not additional.
                let named = properties.named.iter().map(|(name, _)| (*name, anything));
                let named = self.arena.slice(&named.collect_vec());
                *rule = Rule::Properties(self.arena.value(Properties { named, ..**properties }));
            }
        }
        while let Some(id) = self.pending.pop() {
            self.compile(id);
        }
        rules
    }

    /// Whether keywords such as `maxLength` restrict values: a metaschema can leave them out.
    pub(crate) fn validates(&mut self, schema: &Located<'s>) -> bool {
        let resource = self.documents.resource_at(schema);
        self.documents.dialect(resource).validates
    }

    /// A value of a file as a literal in rules.
    pub(crate) fn literal(&self, value: &Located<'s>) -> Literal<'s> {
        values::literal(self.arena, value)
    }

    /// The arena that owns the rules.
    pub(crate) fn arena(&self) -> &'s Arena<'s> {
        self.arena
    }

    /// A node's rules.
    pub(crate) fn rules(&self, id: NodeId) -> &'s [Rule<'s>] {
        self.schemas[id.0 as usize].0
    }

    /// The rules of nodes, and of all nodes that those lead to on the same value.
    pub(crate) fn rules_on_value(&self, nodes: &[NodeId]) -> Vec<Rule<'s>> {
        let (mut left, mut seen, mut rules) = (nodes.to_vec(), Set::default(), Vec::new());
        while let Some(node) = left.pop() {
            if seen.insert(node) {
                rules.extend_from_slice(self.rules(node));
                left.push_all(self.on_same_value(node));
            }
        }
        rules
    }

    /// Checks a value by a node's rules.
    pub(crate) fn evaluate(&self, id: NodeId, value: &Evaluated<'_>) -> Result<(), Violations> {
        evaluate_value(&self.schemas[id.0 as usize], &self.schemas, value)
    }

    /// The schema that a node was compiled from.
    pub(crate) fn located(&self, id: NodeId) -> &Located<'s> {
        &self.origins[id.0 as usize].schema
    }

    /// All nodes, as the evaluator takes them.
    pub(crate) fn schemas(&self) -> &[Schema<'s>] {
        &self.schemas
    }

    /// The node of a schema, which is reached from the scope `outer`.
    fn node(&mut self, target: Target<'s>, outer: ScopeId) -> NodeId {
        let names = self.documents.dynamic_anchors(target.resource);
        let scope = self.scopes.enter(outer, target.resource, names);
        let place = (key(&target.schema), scope);
        if let Some(known) = self.by_origin.get(&place) {
            return *known;
        }
        let id = self.push(Origin { schema: target.schema, resource: target.resource, scope });
        self.by_origin.insert(place, id);
        self.pending.push(id);
        id
    }

    fn push(&mut self, origin: Origin<'s>) -> NodeId {
        // A file has at most 16 MiB, and so far fewer schemas.
        let id = NodeId(u32::try_from(self.schemas.len()).unwrap_or(u32::MAX));
        self.schemas.push(Schema(&[]));
        self.origins.push(origin);
        id
    }

    fn compile(&mut self, id: NodeId) {
        let origin = self.origins[id.0 as usize].clone();
        let rules = match &origin.schema.node.value {
            Value::Bool(true) => Vec::new(),
            Value::Bool(false) => vec![Rule::Never],
            Value::Object(object) => {
                let rules = Vec::new();
                let mut builder = RuleBuilder { compiler: self, id, origin, object, rules };
                builder.compile(|_| true);
                builder.rules
            }
            _ => {
                origin.schema.must_be("an object");
                Vec::new()
            }
        };
        self.schemas[id.0 as usize] = Schema(self.arena.slice(&rules));
    }
}

impl<'s> RuleBuilder<'_, 's> {
    /// Compiles the keywords of some rows.
    fn compile(&mut self, is_wanted: impl Fn(&keywords::Row) -> bool) {
        let dialect = self.dialect();
        let is_lone = dialect.draft.is_lone_reference(self.object);
        for row in keywords::ROWS.iter().filter(|row| is_wanted(row)) {
            let known = row.keywords.iter().filter(|keyword| keyword.exists_in(dialect.draft));
            let is_there = known.into_iter().any(|it| self.object.get(it.name()).is_some());
            let is_hidden = is_lone && !row.keywords.contains(&Keyword::Ref);
            if is_there && !is_hidden && (dialect.validates || !row.is_validation) {
                (row.compile)(self);
            }
        }
    }

    /// A node with one rule, and with the origin of this one.
    fn part(&mut self, rule: Rule<'s>) -> SchemaRef<'s> {
        SchemaRef::Node(self.compiler.with_rules(self.id, &[rule]).0)
    }
}

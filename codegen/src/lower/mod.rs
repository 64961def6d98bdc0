//! Lowers schemas to the model: finds the Rust type that holds the values of each schema, and the
//! rules that apply to them besides.
//!
//! ```text
//! { "rustName": "CardId", "type": "string", "minLength": 1 }
//!
//! Type { name: "CardId", body: Newtype(Text([Number(MinLength, 1)])) }
//! ```
//!
//! Each function uses the keywords that its type enforces. Those that stay unused become rules of
//! the table, or are reported, so that none is ignored in silence.

mod annotations;
mod array;
mod assertions;
mod branch_names;
mod compose;
mod context;
mod enum_values;
mod enums;
mod merge;
mod named_values;
mod object;
mod operation;
mod recursion;
mod rule_docs;
mod rules_only;
mod scalar;
mod schema;
mod type_hint;
mod union;
mod variants;

use crate::compile::report_circle;
use crate::diagnostics::{ErrorReport, Lint, Place, Reported, Reporter};
use crate::model::{Body, Model, Root, Sample, Type, TypeExpr, TypeId};
use crate::names;
use crate::resolve::References;
use crate::schema::{Descriptions, Identity, Keyword, Located};
use crate::source::{Input, Value};
use crate::util::{Map, PushAll as _, Set, repeated};
pub(crate) use compose::name_of_definition;
use context::{Annotations, SchemaReader};

/// How deep schemas may be nested, counted through `$ref`s too. The stack has room for more.
const DEEPEST: usize = 1000;

/// What lowering makes: the model, and the values that must be valid against it.
pub(crate) struct Lowered<'a> {
    pub(crate) model: Model,
    pub(crate) samples: Vec<Sample<'a>>,
    /// The schema of each of the model's types.
    pub(crate) schemas: Vec<Located<'a>>,
    /// The schemas with rules that no type enforces.
    pub(crate) residual_schemas: Vec<Located<'a>>,
}

/// Lowers every description.
pub(crate) fn lower<'a>(
    descriptions: &Descriptions<'a>,
    references: &References<'a>,
    reporter: &'a Reporter,
) -> Lowered<'a> {
    let mut lowering = Lowering::new(references, reporter);
    lowering.model.codes.clone_from(&descriptions.codes);
    for endpoint in &descriptions.endpoints {
        lowering.operation(endpoint);
    }
    for definitions in &descriptions.definitions {
        lowering.definitions(definitions);
    }
    lowering.has_several_documents = descriptions.documents.len() > 1;
    for document in &descriptions.documents {
        let name = lowering.document_name(document);
        let root = lowering.document(document, &name);
        lowering.model.roots.push_all(root.ok().map(|ty| Root { name, ty }));
        lowering.add_definition_types(document);
    }
    if !reporter.has_errors() {
        lowering.withdraw_unused_warnings();
    }
    operation::report_duplicate_operations(descriptions, reporter);
    operation::report_duplicate_methods(&lowering.model, reporter);
    let Lowering { model, samples, schemas, residual_schemas, .. } = lowering;
    Lowered { model, samples, schemas, residual_schemas }
}

/// A file's name, without its ending.
fn file_name<'a>(document: &Located<'a>) -> &'a str {
    stem(document.file.path.rsplit('/').next().unwrap_or_default())
}

fn stem(file: &str) -> &str {
    file.strip_suffix(".json").unwrap_or(file)
}

/// The model under construction.
struct Lowering<'a, 'r> {
    references: &'r References<'a>,
    reporter: &'a Reporter,
    model: Model,
    /// The types of named schemas and of the targets of `$ref`s, as far as they were lowered or
    /// begun.
    named: Map<Identity, TypeExpr>,
    /// Definitions without `type` that were lowered as objects somewhere: the checked JSON that
    /// they are elsewhere.
    untyped_definitions: Map<Identity, TypeExpr>,
    samples: Vec<Sample<'a>>,
    /// The schema of each of the model's types.
    schemas: Vec<Located<'a>>,
    residual_schemas: Vec<Located<'a>>,
    /// Whether several documents are lowered: the type of each is named after its file.
    has_several_documents: bool,
    recursion_guard: Vec<recursion::Entered>,
    /// The schemas that allow `null` besides the values of their type.
    or_null: Set<Identity>,
    /// The payload's schema of the reply that is being lowered. Its type gets the reply's name,
    /// since callers see no other part of the reply.
    payload: Option<Identity>,
    /// The `$defs` that were lowered, or are being lowered.
    lowered_definitions: Set<Identity>,
    /// The warnings of schemas that become checked JSON, each with the schema's place.
    json_warnings: Vec<(Lint<'a>, Place)>,
    /// The targets of `$ref`s that are in error: each is reported once.
    failed_targets: Map<Identity, Reported>,
    /// How many schemas are being lowered, nested in each other.
    depth: usize,
}

impl<'a, 'r> Lowering<'a, 'r> {
    fn new(references: &'r References<'a>, reporter: &'a Reporter) -> Self {
        Self {
            references,
            reporter,
            model: Model::default(),
            named: Map::default(),
            untyped_definitions: Map::default(),
            samples: Vec::new(),
            schemas: Vec::new(),
            residual_schemas: Vec::new(),
            has_several_documents: false,
            recursion_guard: Vec::new(),
            or_null: Set::default(),
            payload: None,
            lowered_definitions: Set::default(),
            json_warnings: Vec::new(),
            failed_targets: Map::default(),
            depth: 0,
        }
    }

    /// The name of a document's type: `Root`, or the file's name where there are several documents.
    fn document_name(&self, document: &Located<'a>) -> String {
        if self.is_named_by_file(document) {
            return names::type_name_for(file_name(document));
        }
        "Root".to_owned()
    }

    /// Whether a schema is a document whose type is named after its file.
    fn is_named_by_file(&self, schema: &Located<'a>) -> bool {
        let is_one_of_several = self.has_several_documents || schema.file.input == Input::Referred;
        is_one_of_several && schema.is_document() && schema.place.pointer.is_empty()
    }

    /// Lowers all definitions: errors in those that nothing refers to are reported too.
    fn definitions(&mut self, definitions: &Located<'a>) {
        if !self.lowered_definitions.insert(definitions.identity()) {
            return;
        }
        for (name, schema) in definitions.properties() {
            let is_schema = matches!(schema.node.value, Value::Object(_) | Value::Bool(_));
            if schema.is_document() && !is_schema {
                self.warn_of_form(&schema, "a schema");
                continue;
            }
            // An error was reported.
            let _ = self.definition(&schema, name);
        }
    }

    /// Adds the types of all definitions of a document that has no other enforced keywords.
    fn add_definition_types(&mut self, document: &Located<'a>) {
        let Value::Object(object) = &document.node.value else { return };
        let is_enforced = |name: &str| Keyword::of_schema(name).is_some_and(Keyword::is_enforced);
        if object.entries.iter().any(|entry| is_enforced(&entry.key)) {
            return;
        }
        for keyword in [Keyword::Defs, Keyword::Definitions] {
            let schemas = document.keyword(keyword).map(|it| it.properties()).unwrap_or_default();
            let types = schemas.iter().filter_map(|(_, schema)| self.named.get(&schema.identity()));
            self.model.definitions.push_all(types.cloned());
        }
    }

    /// Adds a named type whose body is not known yet, so that it can refer to itself.
    fn begin_type(&mut self, schema: &SchemaReader<'a>, name: String) -> TypeId {
        let Annotations { docs, deprecated, .. } = &schema.annotations;
        self.begin_type_of(&schema.keywords.located, (name, docs.clone(), *deprecated))
    }

    fn begin_type_of(
        &mut self,
        schema: &Located<'a>,
        head: (String, Option<String>, bool),
    ) -> TypeId {
        let id = self.push_type(schema, head);
        let identity = schema.identity();
        // A part of a type that is being made of the schema, such as its own properties beside an
        // `allOf`: a `$ref` to the schema gets the type as a whole.
        if self.named.get(&identity).is_some_and(|ty| self.is_pending(ty)) {
            return id;
        }
        let ty = if self.or_null.contains(&identity) {
            TypeExpr::Nullable(Box::new(TypeExpr::Named(id)))
        } else {
            TypeExpr::Named(id)
        };
        self.named.insert(identity, ty);
        id
    }

    /// Forgets the type that was begun for a schema, which becomes another one.
    fn forget_type(&mut self, id: TypeId, schema: &Located<'a>) {
        let identity = schema.identity();
        if self.named.get(&identity).is_some_and(|ty| ty.is_named(id)) {
            self.named.remove(&identity);
        }
    }

    /// Adds a type: its name, its documentation, and whether it is deprecated.
    fn push_type(
        &mut self,
        schema: &Located<'a>,
        (name, docs, deprecated): (String, Option<String>, bool),
    ) -> TypeId {
        let id = TypeId(self.model.types.len());
        self.schemas.push(schema.clone());
        self.model.types.push(Type {
            name,
            place: schema.place.clone(),
            docs,
            deprecated,
            body: Body::Pending,
            residuals: Vec::new(),
        });
        id
    }

    fn finish_type(&mut self, id: TypeId, body: Body) {
        self.model.types[id.0].body = body;
        if recursion::leads_to_itself(&self.model, id) {
            report_circle(&self.model.get(id).place, self.reporter);
            // Any JSON breaks the circle: the stages that follow types come to an end.
            self.model.types[id.0].body = Body::Newtype(TypeExpr::Any, Vec::new());
        }
    }

    /// The name of a type: its schema's `rustName`, or one made of the suggestion.
    fn type_name(schema: &SchemaReader<'a>, suggestion: &str) -> Result<String, Reported> {
        if let Some(entry) = schema.keywords.read(Keyword::RustName) {
            let name = entry.value.text()?;
            if names::type_name(name).as_deref() == Some(name) {
                return Ok(name.to_owned());
            }
            return entry.value.wants("a Rust type's name, such as \"CardId\"");
        }
        Ok(names::type_name_for(suggestion))
    }

    /// The documentation of a property or a variant that has none of its own: that of its type.
    fn docs_of(&self, ty: &TypeExpr) -> Option<String> {
        match ty {
            TypeExpr::Named(id) => self.model.get(*id).docs.clone(),
            _ => None,
        }
    }
}

/// Reports that a name is taken.
fn report_clash<'r>(
    what: &str,
    name: &str,
    [place, other]: [&Place; 2],
    reporter: &'r Reporter,
) -> ErrorReport<'r> {
    reporter.error(place, format!("the {what} `{name}` is taken")).label(other, "by this")
}

/// Reports the variants of an enum or a union that share a name, and those called `Unknown`, which
/// is the variant for all other values.
fn report_variant_names(variants: &[(&str, &Place)], reporter: &Reporter) {
    for (index, first) in repeated(variants.iter().map(|(name, _)| *name)) {
        let (name, place) = variants[index];
        report_clash("variant name", name, [place, variants[first].1], reporter)
            .help("give one of the two another `title`");
    }
    for (_, place) in variants.iter().filter(|(name, _)| *name == "Unknown") {
        reporter
            .error(place, "the variant name `Unknown` is kept for values that are not listed")
            .help("give it another title");
    }
}

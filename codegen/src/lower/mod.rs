//! The fourth stage: from schemas to the model.
//!
//! Each function takes from the keyword reader the words that it enforces; what is left over is reported,
//! so a keyword that nothing here knows how to keep cannot slip through.

mod array;
mod assertions;
mod compose;
mod enum_values;
mod enums;
mod merge;
mod object;
mod operation;
mod recursion;
mod scalar;
mod type_expr;
mod type_hint;
mod union;

use std::collections::{HashMap, HashSet};

pub(crate) use object::report_duplicates;

use crate::diagnostics::{Diagnostics, Place};
use crate::model::{Body, Model, Type, TypeExpr, TypeId};
use crate::names;
use crate::resolve::References;
use crate::schema::{Descriptions, KeywordReader, Located};
use crate::source::Value;

/// What lowering makes: the model, and the values that must keep it.
#[derive(Debug)]
pub(crate) struct Lowered<'a> {
    pub(crate) model: Model,
    pub(crate) samples: Vec<Sample<'a>>,
}

/// A default or an example, and what it must be.
#[derive(Debug)]
pub(crate) struct Sample<'a> {
    pub(crate) value: Located<'a>,
    pub(crate) ty: TypeExpr,
}

/// Lowers every description.
pub(crate) fn lower<'a>(
    descriptions: &Descriptions<'a>,
    references: &References<'a>,
    diagnostics: &mut Diagnostics,
) -> Lowered<'a> {
    let mut lowering = Lowering {
        references,
        model: Model::default(),
        named: HashMap::new(),
        samples: Vec::new(),
        is_document: false,
        lone_references: false,
        following: Vec::new(),
        open: Vec::new(),
        or_null: HashSet::new(),
        compared: Vec::new(),
        refused: HashSet::new(),
        depth: 0,
    };
    lowering.model.codes.clone_from(&descriptions.codes);
    for endpoint in &descriptions.endpoints {
        lowering.operation(endpoint, diagnostics);
    }
    for definitions in &descriptions.definitions {
        lowering.definitions(definitions, diagnostics);
    }
    for document in &descriptions.documents {
        let root = lowering.document(document, diagnostics);
        lowering.model.roots.extend(root);
    }
    operation::report_duplicate_operations(descriptions, diagnostics);
    recursion::report_recursion(&lowering.model, diagnostics);
    lowering.keep_what_is_compared(diagnostics);
    Lowered { model: lowering.model, samples: lowering.samples }
}

/// The model under construction.
struct Lowering<'a, 'r> {
    references: &'r References<'a>,
    model: Model,
    /// The types that have a name, by file and pointer of their schemas.
    named: HashMap<(String, String), TypeExpr>,
    samples: Vec<Sample<'a>>,
    /// Whether a plain JSON Schema document is lowered: it may leave more unsaid.
    is_document: bool,
    /// Whether the document's draft has it that what stands beside a `$ref` does not count.
    lone_references: bool,
    /// The `$ref`s that are being followed, so that one that leads back to itself is seen.
    following: Vec<(String, String)>,
    /// The schemas that are being lowered, and what `$ref`s from within were told that they are.
    open: Vec<((String, String), Option<TypeExpr>)>,
    /// The schemas that are a type or `null`.
    or_null: HashSet<(String, String)>,
    /// Items that are compared with each other, and where.
    compared: Vec<(Place, TypeExpr)>,
    /// What `$ref`s lead to and is refused: saying it once is enough.
    refused: HashSet<(String, String)>,
    /// How many schemas are open, each within the one before.
    depth: usize,
}

/// What a schema says to people.
#[derive(Debug, Default)]
struct Notes<'a> {
    docs: Option<String>,
    deprecated: bool,
    default: Option<Located<'a>>,
    examples: Vec<Located<'a>>,
}

impl<'a> Lowering<'a, '_> {
    /// Lowers definitions that nothing may refer to yet: their faults count all the same.
    fn definitions(&mut self, definitions: &Located<'a>, diagnostics: &mut Diagnostics) {
        for (name, located) in definitions.properties(diagnostics) {
            self.definition(&located, name, diagnostics);
        }
    }

    /// Takes what a schema says to people, and checks later what it gives as values.
    fn notes(&mut self, keywords: &KeywordReader<'a>, diagnostics: &mut Diagnostics) -> Notes<'a> {
        keywords.text("$comment", diagnostics);
        keywords.text("$anchor", diagnostics);
        if keywords
            .schema
            .node
            .at("/$id")
            .is_some_and(|id| matches!(&id.value, Value::String(id) if id.starts_with('#')))
        {
            keywords.text("$id", diagnostics);
        }
        for word in ["$defs", "definitions"] {
            if let Some(definitions) = keywords.read(word) {
                self.definitions(&definitions.value, diagnostics);
            }
        }
        let title = keywords.text("title", diagnostics);
        let description = keywords.text("description", diagnostics);
        Notes {
            docs: description.or(title).map(str::to_owned),
            deprecated: keywords.flag("deprecated", diagnostics),
            default: keywords.read("default").map(|entry| entry.value),
            examples: keywords.items("examples", diagnostics),
        }
    }

    fn sample(&mut self, notes: &Notes<'a>, ty: &TypeExpr) {
        for value in notes.examples.iter().chain(&notes.default) {
            self.samples.push(Sample { value: value.clone(), ty: ty.clone() });
        }
    }

    /// Adds a type that has a name, before it is known what it is, so that it can refer to itself.
    fn begin_type(&mut self, located: &Located<'a>, name: String, notes: &Notes<'a>) -> TypeId {
        let id = TypeId(self.model.types.len());
        self.model.types.push(Type {
            name,
            place: located.place.clone(),
            docs: notes.docs.clone(),
            deprecated: notes.deprecated,
            body: Body::Pending,
        });
        let identity = identity(located);
        let ty = if self.or_null.contains(&identity) {
            TypeExpr::Nullable(Box::new(TypeExpr::Named(id)))
        } else {
            TypeExpr::Named(id)
        };
        self.named.insert(identity, ty);
        id
    }

    fn finish_type(&mut self, id: TypeId, body: Body) {
        self.model.types[id.0].body = body;
    }

    /// The name of a type: the one that the schema gives it, or the one that its place suggests.
    fn type_name(
        keywords: &KeywordReader<'a>,
        suggestion: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        if let Some(entry) = keywords.read("rustName") {
            let name = entry.value.text(diagnostics)?;
            if names::type_name(name).as_deref() == Some(name) {
                return Some(name.to_owned());
            }
            return entry.value.wants("a Rust type's name, such as \"CardId\"", diagnostics);
        }
        let name = names::type_name(suggestion);
        if name.is_none() {
            diagnostics
                .error(
                    &keywords.schema.place,
                    format!("no Rust name can be made of `{suggestion}`"),
                )
                .help("give it a `rustName`");
        }
        name
    }
}

fn identity(located: &Located<'_>) -> (String, String) {
    let (file, pointer) = located.identity();
    (file.to_owned(), pointer.to_owned())
}

/// Reports two things that claim one name.
fn report_clash(
    what: &str,
    name: &str,
    [place, other]: [&Place; 2],
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    diagnostics
        .error(place, format!("the {what} `{name}` is taken"))
        .help(help)
        .label(other, "by this");
}

//! The fourth stage: from schemas to the model.
//!
//! Each function takes from the ledger the words that it enforces; what is left over is reported,
//! so a keyword that nothing here knows how to keep cannot slip through.

mod circles;
mod claims;
mod compose;
mod enums;
mod kind;
mod list;
mod merge;
mod object;
mod operation;
mod scalar;
mod shape;
mod union;
mod values;

use std::collections::{HashMap, HashSet};

pub(crate) use object::report_twins;

use crate::model::{Body, Model, Shape, Type, TypeId};
use crate::names;
use crate::report::{Place, Report};
use crate::resolve::References;
use crate::schema::{Descriptions, Ledger, Spot};
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
    pub(crate) value: Spot<'a>,
    pub(crate) shape: Shape,
}

/// Lowers every description.
pub(crate) fn lower<'a>(
    descriptions: &Descriptions<'a>,
    references: &References<'a>,
    report: &mut Report,
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
        lowering.operation(endpoint, report);
    }
    for definitions in &descriptions.definitions {
        lowering.definitions(definitions, report);
    }
    for document in &descriptions.documents {
        let root = lowering.document(document, report);
        lowering.model.roots.extend(root);
    }
    operation::report_twin_operations(descriptions, report);
    circles::report_circles(&lowering.model, report);
    lowering.keep_what_is_compared(report);
    Lowered { model: lowering.model, samples: lowering.samples }
}

/// The model under construction.
struct Lowering<'a, 'r> {
    references: &'r References<'a>,
    model: Model,
    /// The types that have a name, by file and pointer of their schemas.
    named: HashMap<(String, String), Shape>,
    samples: Vec<Sample<'a>>,
    /// Whether a plain JSON Schema document is lowered: it may leave more unsaid.
    is_document: bool,
    /// Whether the document's draft has it that what stands beside a `$ref` does not count.
    lone_references: bool,
    /// The `$ref`s that are being followed, so that one that leads back to itself is seen.
    following: Vec<(String, String)>,
    /// The schemas that are being lowered, and what `$ref`s from within were told that they are.
    open: Vec<((String, String), Option<Shape>)>,
    /// The schemas that are a type or `null`.
    or_null: HashSet<(String, String)>,
    /// Items that are compared with each other, and where.
    compared: Vec<(Place, Shape)>,
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
    default: Option<Spot<'a>>,
    examples: Vec<Spot<'a>>,
}

impl<'a> Lowering<'a, '_> {
    /// Lowers definitions that nothing may refer to yet: their faults count all the same.
    fn definitions(&mut self, definitions: &Spot<'a>, report: &mut Report) {
        for (name, spot) in definitions.properties(report) {
            self.definition(&spot, name, report);
        }
    }

    /// Takes what a schema says to people, and checks later what it gives as values.
    fn notes(&mut self, ledger: &Ledger<'a>, report: &mut Report) -> Notes<'a> {
        ledger.text("$comment", report);
        ledger.text("$anchor", report);
        if ledger
            .spot
            .node
            .at("/$id")
            .is_some_and(|id| matches!(&id.value, Value::String(id) if id.starts_with('#')))
        {
            ledger.text("$id", report);
        }
        for word in ["$defs", "definitions"] {
            if let Some(definitions) = ledger.take(word) {
                self.definitions(&definitions.spot, report);
            }
        }
        let title = ledger.text("title", report);
        let description = ledger.text("description", report);
        Notes {
            docs: description.or(title).map(str::to_owned),
            deprecated: ledger.flag("deprecated", report),
            default: ledger.take("default").map(|taken| taken.spot),
            examples: ledger.items("examples", report),
        }
    }

    fn sample(&mut self, notes: &Notes<'a>, shape: &Shape) {
        for value in notes.examples.iter().chain(&notes.default) {
            self.samples.push(Sample { value: value.clone(), shape: shape.clone() });
        }
    }

    /// Adds a type that has a name, before it is known what it is, so that it can refer to itself.
    fn begin_type(&mut self, spot: &Spot<'a>, name: String, notes: &Notes<'a>) -> TypeId {
        let id = TypeId(self.model.types.len());
        self.model.types.push(Type {
            name,
            place: spot.place.clone(),
            docs: notes.docs.clone(),
            deprecated: notes.deprecated,
            body: Body::Pending,
        });
        let identity = identity(spot);
        let shape = if self.or_null.contains(&identity) {
            Shape::Nullable(Box::new(Shape::Named(id)))
        } else {
            Shape::Named(id)
        };
        self.named.insert(identity, shape);
        id
    }

    fn finish_type(&mut self, id: TypeId, body: Body) {
        self.model.types[id.0].body = body;
    }

    /// The name of a type: the one that the schema gives it, or the one that its place suggests.
    fn type_name(ledger: &Ledger<'a>, suggestion: &str, report: &mut Report) -> Option<String> {
        if let Some(taken) = ledger.take("rustName") {
            let name = taken.spot.text(report)?;
            if names::type_name(name).as_deref() == Some(name) {
                return Some(name.to_owned());
            }
            return taken.spot.wants("a Rust type's name, such as \"CardId\"", report);
        }
        let name = names::type_name(suggestion);
        if name.is_none() {
            report
                .fault(&ledger.spot.place, format!("no Rust name can be made of `{suggestion}`"))
                .cure("give it a `rustName`");
        }
        name
    }
}

fn identity(spot: &Spot<'_>) -> (String, String) {
    let (file, pointer) = spot.identity();
    (file.to_owned(), pointer.to_owned())
}

/// Reports two things that claim one name.
fn report_clash(
    what: &str,
    name: &str,
    [place, other]: [&Place; 2],
    cure: &str,
    report: &mut Report,
) {
    report
        .fault(place, format!("the {what} `{name}` is taken"))
        .cure(cure)
        .related(other, "by this");
}

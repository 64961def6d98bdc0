//! From descriptions to Rust, with gates before the model is relied on: what comes before them goes on
//! with whatever has no error, so that everything is said at once.
//!
//! ```text
//! Sources -> schema::read -> resolve -> lower -> check_examples -> plan -> shape -> emit -> render
//!            (references and rules by the Compiler)              gate    gate
//! ```

use crate::check_examples::{Tainted, check_examples};
use crate::compile::{Arena, Compiler, Document, NodeId, Options};
use crate::diagnostics::{Reported, Reporter};
use crate::emit::{Calls, Style, emit};
use crate::lower::{Lowered, lower};
use crate::model::{Body, Literal, Model, TypeExpr};
use crate::operations::{self, OperationSummary};
use crate::plan::{Plan, plan, settle_names};
use crate::render::render;
use crate::resolve::{References, resolve};
use crate::schema::{self, Descriptions, Draft};
use crate::shape::shape;
use crate::source::{File, Sources};
use crate::tables::tables;
use wechat_bizwifi_rules::{Schema, is_valid};

/// Generates Rust from descriptions that were loaded.
pub(crate) fn generate(
    sources: &Sources,
    style: &Style,
    reporter: &Reporter,
) -> Result<String, Reported> {
    from_descriptions(sources, &schema::read(sources, reporter), (style, reporter))
}

/// Generates Rust from plain JSON Schema documents.
pub(crate) fn types(
    sources: &Sources,
    style: &Style,
    reporter: &Reporter,
) -> Result<String, Reported> {
    from_descriptions(sources, &schema::documents(sources, reporter), (style, reporter))
}

/// Lists the operations that descriptions describe.
pub(crate) fn operations(
    sources: &Sources,
    reporter: &Reporter,
) -> Result<Vec<OperationSummary>, Reported> {
    let descriptions = schema::read(sources, reporter);
    understood((sources, &descriptions), reporter, |_, lowered, _| {
        let plan = reporter.gate(plan(&lowered.model, reporter))?;
        Ok(operations::list(&plan))
    })
}

/// What a folder of descriptions means, and the code that it makes.
pub(crate) fn described(
    sources: &Sources,
    style: &Style,
    reporter: &Reporter,
) -> Result<(Model, String), Reported> {
    let descriptions = schema::read(sources, reporter);
    understood((sources, &descriptions), reporter, |_, lowered, compiler| {
        let code = code(&lowered, compiler, (style, reporter))?;
        Ok((lowered.model, code))
    })
}

/// What a folder of descriptions says, and what it means.
pub(crate) struct Described<'d, 'a> {
    pub(crate) descriptions: &'d Descriptions<'a>,
    pub(crate) references: &'d References<'a>,
    pub(crate) lowered: &'d Lowered<'a>,
    pub(crate) plan: &'d Plan<'d>,
}

/// Makes something else than code of a folder of descriptions. What no code would be made of is
/// refused all the same.
pub(crate) fn export<T>(
    sources: &Sources,
    reporter: &Reporter,
    export: impl FnOnce(&Described<'_, '_>) -> T,
) -> Result<T, Reported> {
    let descriptions = &schema::read(sources, reporter);
    understood((sources, descriptions), reporter, |references, lowered, compiler| {
        let (style, lowered) = (&Style::default(), &lowered);
        let mut plan = planned(lowered, style, reporter)?;
        written((&mut plan, lowered), compiler, (style, reporter))?;
        reporter.gate(export(&Described { descriptions, references, lowered, plan: &plan }))
    })
}

fn from_descriptions(
    sources: &Sources,
    descriptions: &Descriptions<'_>,
    (style, reporter): (&Style, &Reporter),
) -> Result<String, Reported> {
    understood((sources, descriptions), reporter, |_, lowered, compiler| {
        code(&lowered, compiler, (style, reporter))
    })
}

fn code<'a>(
    lowered: &Lowered<'a>,
    compiler: &mut Compiler<'a>,
    (style, reporter): (&Style, &Reporter),
) -> Result<String, Reported> {
    let mut plan = planned(lowered, style, reporter)?;
    written((&mut plan, lowered), compiler, (style, reporter))
}

fn planned<'p>(
    lowered: &'p Lowered<'_>,
    style: &Style,
    reporter: &Reporter,
) -> Result<Plan<'p>, Reported> {
    let plan = plan(&lowered.model, reporter);
    report_client_trait(&plan, style, reporter);
    reporter.gate(plan)
}

fn written<'a>(
    (plan, lowered): (&mut Plan<'_>, &Lowered<'a>),
    compiler: &mut Compiler<'a>,
    (style, reporter): (&Style, &Reporter),
) -> Result<String, Reported> {
    let structs = reporter.gate(shape(plan, reporter))?;
    let tables = reporter.gate(tables(plan, lowered, compiler))?;
    Ok(render(emit(plan, &structs, (style, tables))))
}

/// Does something with what descriptions mean, while the rules that their schemas are compiled to
/// are there.
fn understood<T>(
    (sources, descriptions): (&Sources, &Descriptions<'_>),
    reporter: &Reporter,
    then: impl for<'a> FnOnce(&References<'a>, Lowered<'a>, &mut Compiler<'a>) -> T,
) -> T {
    let arena = Arena::default();
    let mut compiler = compiler(&arena, (sources, descriptions), reporter);
    let references = resolve(descriptions, &mut compiler);
    let lowered = understand((descriptions, &references), &mut compiler, reporter);
    then(&references, lowered, &mut compiler)
}

/// What the descriptions mean, as far as they have no error.
fn understand<'a>(
    (descriptions, references): (&Descriptions<'a>, &References<'a>),
    compiler: &mut Compiler<'a>,
    reporter: &'a Reporter,
) -> Lowered<'a> {
    let mut lowered = lower(descriptions, references, reporter);
    for schema in &lowered.constrained {
        compiler.node_of(schema);
    }
    compiler.report_circles();
    let tainted = Tainted::find(references, &reporter.places());
    check_examples(&lowered.samples, compiler, &tainted);
    narrow_enums(&mut lowered, compiler);
    lowered.model.take_envelopes_out();
    settle_names(&mut lowered);
    lowered
}

/// Takes out of an enum what its schema's other rules do not allow: `"b"` of `{ "enum": ["a", "bc"],
/// "minLength": 2 }`. What is left needs no table. A name for a value that the schema does not allow
/// goes too: a part of the schema allows it.
fn narrow_enums<'a>(lowered: &mut Lowered<'a>, compiler: &mut Compiler<'a>) {
    for (ty, schema) in lowered.model.types.iter_mut().zip(&lowered.schemas) {
        let values = match &mut ty.body {
            Body::Enum(values) => values,
            Body::Newtype(_, values) if !values.is_empty() => {
                let node = compiler.node_of(schema);
                values.retain(|named| is_allowed(&named.value, node, compiler));
                continue;
            }
            _ => continue,
        };
        if ty.residuals.is_empty() {
            continue;
        }
        let node = compiler.node_of(schema);
        if !values.variants.iter().any(|variant| is_allowed(&variant.value, node, compiler)) {
            schema
                .doubt("allows nothing: no value of the list is valid by the other rules")
                .help("change the list, or the rules");
            // No variant is left: the rules, which refuse every value, are all that there is.
            ty.body = Body::Newtype(TypeExpr::Any, Vec::new());
            continue;
        }
        values.variants.retain(|variant| is_allowed(&variant.value, node, compiler));
        ty.residuals.clear();
    }
}

fn is_allowed(value: &Literal, node: NodeId, compiler: &Compiler<'_>) -> bool {
    is_valid(&Schema(compiler.rules(node)), compiler.schemas(), &value.as_rule())
}

/// What compiles the schemas of the files.
fn compiler<'s>(
    arena: &'s Arena<'s>,
    (sources, descriptions): (&'s Sources, &Descriptions<'s>),
    reporter: &'s Reporter,
) -> Compiler<'s> {
    let schemas = descriptions.schemas();
    let document = |file: &'s File| {
        let of_file = schemas.iter().filter(|schema| std::ptr::eq(schema.file, file));
        Document {
            schemas: of_file.cloned().collect(),
            ..Document::new(file, file.uri.as_deref(), reporter)
        }
    };
    let documents = sources.files.iter().map(document).collect();
    let options = Options { draft: Draft::Draft202012, asserts_formats: true };
    Compiler::new(arena, (documents, Some(sources)), options, reporter)
}

/// The trait stands beside the types that it is generated with.
fn report_client_trait(plan: &Plan<'_>, style: &Style, reporter: &Reporter) {
    let Calls::Trait(name) = &style.calls else { return };
    if plan.model.operations.iter().all(|operation| operation.internal) {
        return;
    }
    for (id, ty) in plan.types.keys().map(|id| (*id, plan.model.get(*id))) {
        if plan.names_of(id).any(|taken| name == &taken) {
            reporter
                .error(&ty.place, format!("the trait of the client's calls is named `{name}` too"))
                .help("give the schema a `rustName`, or the trait another name (`client_trait`)");
        }
    }
}

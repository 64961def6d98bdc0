//! From descriptions to Rust, stage after stage.
//!
//! ```text
//! sources ─ schema::read ─▶ descriptions ─ resolve ─▶ references ─ lower ─▶ model, samples
//!     ─ keep_properties, check_examples, narrow_enums, settle_names ─▶ model
//!     ─ plan ─▶ plan                                                                gate
//!     ─ shape ─▶ structs                                                            gate
//!     ─ residuals ─▶ tables                                                         gate
//!     ─ emit, render ─▶ the text of a file
//! ```
//!
//! Each stage goes on with whatever has no error, so that all errors are reported at once. Only at
//! a gate does an error keep the next stage from being entered. All stages share the [`Compiler`],
//! which finds the targets of references and compiles schemas to rules.

use crate::check_examples::{Tainted, check_examples};
use crate::compile::{Arena, Compiler, Document, Options};
use crate::diagnostics::{Reported, Reporter};
use crate::emit::{Calls, Style, emit, emit_tables, uses_deprecated};
use crate::keep_properties::keep_properties;
use crate::lower::{Lowered, lower};
use crate::narrow_enums::narrow_enums;
use crate::operations::{self, OperationSummary};
use crate::plan::{Plan, plan, settle_names};
use crate::render::SourceFile;
use crate::residuals;
use crate::resolve::{References, resolve};
use crate::schema::{self, Descriptions, Draft};
use crate::shape::shape;
use crate::source::{File, Sources};
use crate::util::CollectVec as _;

/// Generates Rust from descriptions, or from plain JSON Schema documents. Returns the code, and the
/// paths of the files that were read because a schema refers to them.
pub(crate) fn generate(
    sources: &Sources,
    style: &Style,
    reporter: &Reporter,
) -> Result<(String, Vec<String>), Reported> {
    let (descriptions, arena) = (schema::read(sources, reporter), Arena::default());
    let mut checked = lower_and_check(&arena, sources, &descriptions, reporter);
    let mut plan = plan_for(&checked.lowered, style, reporter)?;
    let code = write(&mut plan, (&checked.lowered, &mut checked.compiler), (style, reporter))?;
    Ok((code, checked.compiler.referred_files()))
}

/// Lists the operations that descriptions describe.
pub(crate) fn operations(
    sources: &Sources,
    reporter: &Reporter,
) -> Result<Vec<OperationSummary>, Reported> {
    let (descriptions, arena) = (schema::read(sources, reporter), Arena::default());
    let Checked { lowered, .. } = lower_and_check(&arena, sources, &descriptions, reporter);
    let plan = reporter.gate(plan(&lowered.model, reporter))?;
    Ok(operations::list(&plan))
}

/// The descriptions of an API, with what each stage made of them.
pub(crate) struct Api<'d, 'a> {
    pub(crate) descriptions: &'d Descriptions<'a>,
    pub(crate) references: &'d References<'a>,
    pub(crate) lowered: &'d Lowered<'a>,
    pub(crate) plan: &'d Plan<'d>,
    pub(crate) code: &'d str,
}

/// Makes something other than code from a folder of descriptions. Descriptions that no code could
/// be generated from are refused here too.
pub(crate) fn with_api<T>(
    sources: &Sources,
    reporter: &Reporter,
    work: impl for<'a> FnOnce(&Api<'_, 'a>, &mut Compiler<'a>) -> T,
) -> Result<T, Reported> {
    let (descriptions, arena) = (&schema::read(sources, reporter), Arena::default());
    let mut checked = lower_and_check(&arena, sources, descriptions, reporter);
    let Checked { references, lowered, compiler } = &mut checked;
    let style = &Style::default();
    let mut plan = plan_for(lowered, style, reporter)?;
    let code = &write(&mut plan, (lowered, compiler), (style, reporter))?;
    let api = Api { descriptions, references, lowered, plan: &plan, code };
    reporter.gate(work(&api, compiler))
}

/// The lowered descriptions after their examples were checked.
struct Checked<'a> {
    references: References<'a>,
    lowered: Lowered<'a>,
    compiler: Compiler<'a>,
}

/// Runs the stages up to the model. The model holds whatever has no error.
fn lower_and_check<'a>(
    arena: &'a Arena<'a>,
    sources: &'a Sources,
    descriptions: &Descriptions<'a>,
    reporter: &'a Reporter,
) -> Checked<'a> {
    let mut compiler = compiler(arena, sources, descriptions, reporter);
    let references = resolve(descriptions, &mut compiler);
    let mut lowered = lower(descriptions, &references, reporter);
    // So that errors in rules are reported, also in those of types that nothing uses.
    for schema in &lowered.residual_schemas {
        compiler.node_of(schema, None);
    }
    keep_properties(&mut lowered, &mut compiler);
    compiler.report_circles();
    let tainted = Tainted::find(&references, &reporter.error_places());
    check_examples(&lowered.samples, &mut compiler, &tainted);
    narrow_enums(&mut lowered, &mut compiler);
    lowered.remove_envelopes_from_replies();
    settle_names(&mut lowered);
    Checked { references, lowered, compiler }
}

/// The compiler for the schemas of the files.
fn compiler<'s>(
    arena: &'s Arena<'s>,
    sources: &'s Sources,
    descriptions: &Descriptions<'s>,
    reporter: &'s Reporter,
) -> Compiler<'s> {
    let schemas = descriptions.schemas();
    let document = |file: &'s File| {
        let of_file = schemas.iter().filter(|schema| std::ptr::eq(schema.file, file));
        Document { schemas: of_file.cloned().collect_vec(), ..Document::new(file, None, reporter) }
    };
    let documents = sources.files.iter().map(document).collect_vec();
    let options = Options { draft: Draft::Draft202012, asserts_formats: true };
    Compiler::new(arena, (documents, Some(sources)), options, reporter)
}

/// The plan of the code, unless an error was reported.
fn plan_for<'p>(
    lowered: &'p Lowered<'_>,
    style: &Style,
    reporter: &Reporter,
) -> Result<Plan<'p>, Reported> {
    let plan = plan(&lowered.model, reporter);
    if let Calls::Trait(name) = &style.calls {
        plan.report_trait_name(name, reporter);
    }
    reporter.gate(plan)
}

/// The text of the generated file.
fn write<'a>(
    plan: &mut Plan<'_>,
    (lowered, compiler): (&Lowered<'a>, &mut Compiler<'a>),
    (style, reporter): (&Style, &Reporter),
) -> Result<String, Reported> {
    let structs = reporter.gate(shape(plan, reporter))?;
    let tables = reporter.gate(residuals::tables(plan, lowered, compiler))?;
    plan.set_residual_checks(tables.checks);
    let mut file = SourceFile::new(uses_deprecated(plan));
    emit(plan, &structs, style, &mut file);
    emit_tables(compiler, &tables.roots, style.names_statics, &mut file);
    Ok(file.finish())
}

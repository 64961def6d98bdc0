//! From descriptions to Rust, stage by stage, with a gate after each.

use crate::emit::{Style, emit};
use crate::format::format;
use crate::lower::lower;
use crate::model::Model;
use crate::operations::{self, OperationSummary};
use crate::plan::plan;
use crate::report::Report;
use crate::resolve::resolve;
use crate::schema::{self, Descriptions};
use crate::source::Sources;
use crate::structs;
use crate::verify::verify;

/// Generates Rust from descriptions that were loaded; or says everything that is wrong with them.
pub(crate) fn generate(
    sources: &Sources,
    style: &Style,
    mut report: Report,
) -> Result<String, Report> {
    report.gate(())?;
    let descriptions = schema::read(sources, &mut report);
    from_descriptions(sources, &descriptions, style, report)
}

/// Generates Rust from plain JSON Schema documents; or says why not.
pub(crate) fn types(
    sources: &Sources,
    style: &Style,
    mut report: Report,
) -> Result<String, Report> {
    report.gate(())?;
    from_descriptions(sources, &schema::documents(sources), style, report)
}

/// Lists the operations that descriptions describe; or says everything that is wrong with them.
pub(crate) fn operations(
    sources: &Sources,
    mut report: Report,
) -> Result<Vec<OperationSummary>, Report> {
    report.gate(())?;
    let descriptions = schema::read(sources, &mut report);
    let model = model(sources, &descriptions, &mut report)?;
    let plan = plan(&model, &mut report);
    report.gate(())?;
    Ok(operations::list(&plan))
}

fn from_descriptions(
    sources: &Sources,
    descriptions: &Descriptions<'_>,
    style: &Style,
    mut report: Report,
) -> Result<String, Report> {
    let model = model(sources, descriptions, &mut report)?;
    let plan = plan(&model, &mut report);
    let structs = structs::shape(&plan, &mut report);
    let structs = report.gate(structs)?;
    Ok(format(emit(&plan, &structs, style)))
}

fn model(
    sources: &Sources,
    descriptions: &Descriptions<'_>,
    report: &mut Report,
) -> Result<Model, Report> {
    let references = resolve(sources, descriptions, report);
    let lowered = lower(descriptions, &references, report);
    let lowered = report.gate(lowered)?;
    Ok(verify(lowered, report))
}

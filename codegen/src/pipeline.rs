//! From descriptions to Rust, stage by stage, with a gate before the model is relied on: what comes
//! before it goes on with whatever is not at fault, so that everything is said at once.

use crate::emit::{Calls, Style, emit};
use crate::format::format;
use crate::lower::lower;
use crate::model::Model;
use crate::operations::{self, OperationSummary};
use crate::plan::{Plan, plan};
use crate::report::Report;
use crate::resolve::resolve;
use crate::schema::{self, Descriptions};
use crate::source::Sources;
use crate::structs;
use crate::verify::{Doubtful, verify};

/// Generates Rust from descriptions that were loaded; or says everything that is wrong with them.
pub(crate) fn generate(
    sources: &Sources,
    style: &Style,
    mut report: Report,
) -> Result<String, Report> {
    let descriptions = schema::read(sources, &mut report);
    from_descriptions(sources, &descriptions, style, report)
}

/// Generates Rust from plain JSON Schema documents; or says why not.
pub(crate) fn types(sources: &Sources, style: &Style, report: Report) -> Result<String, Report> {
    from_descriptions(sources, &schema::documents(sources), style, report)
}

/// Lists the operations that descriptions describe; or says everything that is wrong with them.
pub(crate) fn operations(
    sources: &Sources,
    mut report: Report,
) -> Result<Vec<OperationSummary>, Report> {
    let descriptions = schema::read(sources, &mut report);
    let model = model(sources, &descriptions, &mut report);
    let plan = plan(&model, &mut report);
    let plan = report.gate(plan)?;
    Ok(operations::list(&plan))
}

fn from_descriptions(
    sources: &Sources,
    descriptions: &Descriptions<'_>,
    style: &Style,
    mut report: Report,
) -> Result<String, Report> {
    let model = model(sources, descriptions, &mut report);
    let plan = plan(&model, &mut report);
    report_client_trait(&plan, style, &mut report);
    let plan = report.gate(plan)?;
    let structs = structs::shape(&plan, &mut report);
    let structs = report.gate(structs)?;
    Ok(format(emit(&plan, &structs, style)))
}

/// What the descriptions mean, as far as nothing is at fault.
fn model(sources: &Sources, descriptions: &Descriptions<'_>, report: &mut Report) -> Model {
    let references = resolve(sources, descriptions, report);
    let lowered = lower(descriptions, &references, report);
    let doubtful = Doubtful::find(&references, report);
    let mut model = verify(lowered, &doubtful, report);
    model.take_envelopes_out();
    model
}

/// The trait stands beside the types that it is generated with.
fn report_client_trait(plan: &Plan<'_>, style: &Style, report: &mut Report) {
    let Calls::Trait(name) = &style.calls else { return };
    if plan.model.operations.iter().all(|operation| operation.internal) {
        return;
    }
    for (id, made) in plan.types.keys().map(|id| (*id, plan.model.get(*id))) {
        if plan.names_of(id).any(|taken| name == &taken) {
            report
                .fault(
                    &made.place,
                    format!("the trait of the client's calls is named `{name}` too"),
                )
                .cure("give the schema a `rustName`, or the trait another name (`client_trait`)");
        }
    }
}

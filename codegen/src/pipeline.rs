//! From descriptions to Rust, stage by stage, with a gate before the model is relied on: what comes
//! before it goes on with whatever is not at fault, so that everything is said at once.

use crate::check_examples::{Tainted, check_examples};
use crate::diagnostics::Diagnostics;
use crate::emit::{Calls, Style, emit};
use crate::lower::lower;
use crate::model::Model;
use crate::operations::{self, OperationSummary};
use crate::plan::{Plan, plan};
use crate::render::render;
use crate::resolve::resolve;
use crate::schema::{self, Descriptions};
use crate::shape;
use crate::source::Sources;

/// Generates Rust from descriptions that were loaded; or says everything that is wrong with them.
pub(crate) fn generate(
    sources: &Sources,
    style: &Style,
    mut diagnostics: Diagnostics,
) -> Result<String, Diagnostics> {
    let descriptions = schema::read(sources, &mut diagnostics);
    from_descriptions(sources, &descriptions, style, diagnostics)
}

/// Generates Rust from plain JSON Schema documents; or says why not.
pub(crate) fn types(
    sources: &Sources,
    style: &Style,
    diagnostics: Diagnostics,
) -> Result<String, Diagnostics> {
    from_descriptions(sources, &schema::documents(sources), style, diagnostics)
}

/// Lists the operations that descriptions describe; or says everything that is wrong with them.
pub(crate) fn operations(
    sources: &Sources,
    mut diagnostics: Diagnostics,
) -> Result<Vec<OperationSummary>, Diagnostics> {
    let descriptions = schema::read(sources, &mut diagnostics);
    let model = model(sources, &descriptions, &mut diagnostics);
    let plan = plan(&model, &mut diagnostics);
    let plan = diagnostics.gate(plan)?;
    Ok(operations::list(&plan))
}

fn from_descriptions(
    sources: &Sources,
    descriptions: &Descriptions<'_>,
    style: &Style,
    mut diagnostics: Diagnostics,
) -> Result<String, Diagnostics> {
    let model = model(sources, descriptions, &mut diagnostics);
    let plan = plan(&model, &mut diagnostics);
    report_client_trait(&plan, style, &mut diagnostics);
    let plan = diagnostics.gate(plan)?;
    let shape = shape::ty(&plan, &mut diagnostics);
    let shape = diagnostics.gate(shape)?;
    Ok(render(emit(&plan, &shape, style)))
}

/// What the descriptions mean, as far as nothing is at fault.
fn model(
    sources: &Sources,
    descriptions: &Descriptions<'_>,
    diagnostics: &mut Diagnostics,
) -> Model {
    let references = resolve(sources, descriptions, diagnostics);
    let lowered = lower(descriptions, &references, diagnostics);
    let tainted = Tainted::find(&references, diagnostics);
    let mut model = check_examples(lowered, &tainted, diagnostics);
    model.take_envelopes_out();
    model
}

/// The trait stands beside the types that it is generated with.
fn report_client_trait(plan: &Plan<'_>, style: &Style, diagnostics: &mut Diagnostics) {
    let Calls::Trait(name) = &style.calls else { return };
    if plan.model.operations.iter().all(|operation| operation.internal) {
        return;
    }
    for (id, named_type) in plan.types.keys().map(|id| (*id, plan.model.get(*id))) {
        if plan.names_of(id).any(|entry| name == &entry) {
            diagnostics
                .error(
                    &named_type.place,
                    format!("the trait of the client's calls is named `{name}` too"),
                )
                .help("give the schema a `rustName`, or the trait another name (`client_trait`)");
        }
    }
}

//! One of the two that are compared: what its descriptions mean, and the code that they make.

use crate::diagnostics::{Place, Reported, Reporter};
use crate::model::{Model, Operation};
use crate::plan::{Plan, plan};
use crate::source::Sources;

/// One of the two that are compared.
pub(super) struct Side<'m> {
    pub(super) plan: Plan<'m>,
    /// The generated code.
    pub(super) code: &'m str,
    sources: &'m Sources,
}

impl<'m> Side<'m> {
    pub(super) fn new(
        sources: &'m Sources,
        (model, code): &'m (Model, String),
        reporter: &Reporter,
    ) -> Result<Self, Reported> {
        let plan = reporter.gate(plan(model, reporter))?;
        Ok(Self { plan, code, sources })
    }

    pub(super) fn model(&self) -> &'m Model {
        self.plan.model
    }

    /// Where a fact of an operation stands; where the operation does, if it is left out.
    pub(super) fn fact(&self, operation: &Operation, pointer: &str) -> Place {
        let place = &operation.place;
        let file = self.sources.files.iter().find(|file| file.text.path == place.file.path);
        match file.and_then(|file| file.root.at(pointer)) {
            Some(node) => {
                Place { span: node.span.range(), pointer: pointer.into(), ..place.clone() }
            }
            None => place.clone(),
        }
    }
}

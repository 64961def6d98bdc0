//! A list of the operations that descriptions describe.
//!
//! ```text
//! listShops  POST  /bizwifi/shop/list  ListShops  Option<ShopPage>  yes
//! ```

use crate::emit::reply_name;
use crate::model::Operation;
use crate::plan::Plan;
use crate::util::CollectVec as _;

/// The summary of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationSummary {
    /// Its name in the description.
    pub operation_id: String,
    /// The HTTP method.
    pub method: &'static str,
    /// The path of its URL.
    pub path: String,
    /// The Rust type of the request.
    pub request: String,
    /// The Rust type of a successful reply: `()` if the reply has no payload.
    pub reply: String,
    /// Whether sending the request twice has the effect of sending it once.
    pub idempotent: bool,
    /// Whether only the runtime makes the call.
    pub internal: bool,
}

/// The operations of a plan, in their order.
pub(crate) fn list(plan: &Plan<'_>) -> Vec<OperationSummary> {
    plan.model.operations.iter().map(|operation| summary(plan, operation)).collect_vec()
}

fn summary(plan: &Plan<'_>, operation: &Operation) -> OperationSummary {
    OperationSummary {
        operation_id: operation.id.clone(),
        method: if operation.is_get { "GET" } else { "POST" },
        path: operation.path.clone(),
        request: plan.model.get(operation.request).name.clone(),
        reply: reply_name(plan, &operation.reply),
        idempotent: operation.idempotent,
        internal: operation.internal,
    }
}

//! Operations: what is sent where, and what comes back.
//!
//! ```text
//! { "operationId": "getCouponPlacement", "method": "GET", "path": "/bizwifi/couponput/get", .. }
//!
//! Operation { id: "getCouponPlacement", is_get: true, path: "/bizwifi/couponput/get", .. }
//! ```

use super::{Paging, TypeExpr, TypeId};
use crate::diagnostics::Place;

/// An endpoint.
#[expect(clippy::struct_excessive_bools, reason = "what a description says yes or no to")]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The place of its name.
    pub(crate) place: Place,
    /// The method's name in Rust.
    pub(crate) method_name: String,
    pub(crate) docs: OperationDocs,
    /// Whether only the runtime makes the call: then the client has no method for it.
    pub(crate) internal: bool,
    pub(crate) deprecated: bool,
    pub(crate) is_get: bool,
    pub(crate) path: String,
    pub(crate) needs_token: bool,
    pub(crate) idempotent: bool,
    pub(crate) request: TypeId,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) reply: Reply,
    pub(crate) paging: Option<Paging>,
    pub(crate) errors: Vec<i64>,
}

/// The documentation of an operation.
pub(crate) struct OperationDocs {
    pub(crate) summary: String,
    pub(crate) description: Option<String>,
    /// URL and title of the page that documents it.
    pub(crate) source: Option<(String, Option<String>)>,
    /// The documented requests and their replies, as JSON. Either may be missing.
    pub(crate) exchanges: Vec<[Option<String>; 2]>,
}

/// What a successful call returns.
pub(crate) enum Reply {
    /// Nothing but success.
    Nothing,
    /// The whole reply.
    Root(TypeExpr),
    /// A property of the reply.
    Property { name: String, ty: TypeExpr, required: bool },
}

impl Reply {
    /// The type of the payload.
    pub(crate) fn ty(&self) -> Option<&TypeExpr> {
        match self {
            Self::Nothing => None,
            Self::Root(ty) | Self::Property { ty, .. } => Some(ty),
        }
    }

    /// Whether a successful call may return `None`.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Root(ty) => matches!(ty, TypeExpr::Nullable(_)),
            Self::Property { ty, required, .. } => !required || matches!(ty, TypeExpr::Nullable(_)),
        }
    }
}

//! Operations: what is known of each before a call, and what a reply says of how it ended.

mod envelope;
mod operation;
mod paging;
mod return_code;
mod return_codes;

pub(crate) use envelope::{DecodeError, PayloadPlace, Verdict, decode_reply};
pub use operation::{Endpoint, Envelope, Method, Operation, Payload, Security};
pub use paging::{PageSize, Paging, PagingBy};
pub use return_code::{CodeClass, ReturnCode};
pub use return_codes::{CodeEntry, PackedCode, ReturnCodes};

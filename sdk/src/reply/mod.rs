//! The result of a call, by its reply: the payload, or an error that says what is wrong and what helps.
//!
//! ```text
//! 200 {"errcode":0}       success
//! 400 {"errcode":40013}   a refusal: an envelope counts whatever the status
//! 503 <html>…             an error by its status
//! ```

mod redact;
pub(crate) mod refusal;
mod status;

use bytes::Bytes;

pub(crate) use redact::Redactor;
use status::{by_status, check_body, with_head};

use crate::endpoint::{DecodeError, Endpoint, Operation, PayloadPlace, Verdict, decode_reply};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::transport::Incoming;

/// Reads a reply as a call does, for programs that have a reply and no service, such as fuzzing.
/// `token` is the token that the call was sent with; no error may show it.
///
/// # Errors
///
/// As a call's.
pub fn read_reply<E: Endpoint>(body: Bytes, token: &Secret) -> Result<E::Reply, Error> {
    let arrived = Incoming::ok(body);
    let redactor = Redactor::new(E::OPERATION).token(Some(token));
    let mut reply = None;
    decode(E::OPERATION, &arrived, redactor, &mut reply)?;
    reply.ok_or_else(not_read)
}

/// The error of a call whose reply was never read, although the transport succeeded.
pub(crate) fn not_read() -> Error {
    Error::new(ErrorKind::Decode, "the reply was not read").maybe_sent()
}

/// Decodes a reply, keeps its payload, and adds to an error what its status says.
pub(crate) fn decode(
    operation: &'static Operation,
    reply: &Incoming,
    redactor: Redactor<'_>,
    payload: &mut dyn PayloadPlace,
) -> Result<(), Error> {
    match decode_reply(&reply.body, &operation.envelope, payload) {
        Ok(Verdict::Success { has_code }) if has_code || reply.is_success() => Ok(()),
        verdict => {
            let error = failed(operation, reply, redactor.reply(&reply.body), verdict);
            Err(with_head(error, reply))
        }
    }
}

/// Why a reply is no success. An envelope counts whatever the status; where the status says that something
/// failed, it is one only if it holds a return code: other JSON may come from a gateway.
#[cold]
fn failed(
    operation: &'static Operation,
    reply: &Incoming,
    redactor: Redactor<'_>,
    verdict: Result<Verdict, DecodeError>,
) -> Error {
    match verdict {
        Ok(Verdict::Refused { code, message }) => {
            refusal::error(operation, code, message.as_deref(), redactor)
        }
        Err(error) if reply.is_success() => match check_body(reply, redactor) {
            Ok(()) => refusal::unreadable(&error, &reply.body, redactor),
            Err(error) => error,
        },
        Ok(Verdict::Success { .. }) | Err(_) => by_status(reply, redactor),
    }
}

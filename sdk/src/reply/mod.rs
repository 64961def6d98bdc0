//! What a reply comes to: the payload, or an error that says what is wrong and what helps.
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
use status::{by_status, check_body, completed};

use crate::endpoint::{DecodeError, Endpoint, Operation, Verdict, decode_reply};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::transport::Incoming;

/// Reads the body of a reply and keeps its payload.
pub(crate) type Reader<'a> = dyn FnMut(&[u8]) -> Result<Verdict, DecodeError> + Send + 'a;

/// What a call makes of a reply: for those who have the reply and no service, as fuzzing does.
/// `token` is what the call was sent with, which no error may show.
///
/// # Errors
///
/// As a call's.
pub fn read_reply<E: Endpoint>(body: Bytes, token: &Secret) -> Result<E::Reply, Error> {
    let arrived = Incoming::ok(body);
    let redactor = Redactor::new(E::OPERATION).credentials(Some(token), None);
    let mut reply = None;
    let mut read = |body: &[u8]| decode_reply(body, &E::OPERATION.envelope, &mut reply);
    decode(E::OPERATION, &arrived, redactor, &mut read)?;
    reply.ok_or_else(not_read)
}

/// What no reader was ever given.
pub(crate) fn not_read() -> Error {
    Error::new(ErrorKind::Decode, "the reply was not read").sent()
}

/// Decodes a reply, and adds to an error what its status says.
pub(crate) fn decode(
    operation: &'static Operation,
    reply: &Incoming,
    redactor: Redactor<'_>,
    read: &mut Reader<'_>,
) -> Result<(), Error> {
    match read(&reply.body) {
        Ok(Verdict::Success { has_code }) if has_code || reply.is_success() => Ok(()),
        verdict => {
            let error = failed(operation, reply, redactor.reply(&reply.body), verdict);
            Err(completed(error, reply))
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

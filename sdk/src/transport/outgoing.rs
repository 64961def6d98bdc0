//! A request, written once and sent as often as need be.

use std::borrow::Cow;

use bytes::Bytes;
use serde::Serialize;
use wechat_bizwifi_rules::{Leaf, Value, View as _};

use super::base::query;
use crate::endpoint::{Method, Operation};
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, revealing};
use crate::wire::check_plain;

/// A request on its way: everything but the access token.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) operation: &'static Operation,
    pub(crate) payload: Payload,
}

/// The request itself.
#[derive(Debug)]
pub(crate) enum Payload {
    Body(Bytes),
    Query(Secret),
}

impl Outgoing {
    /// Writes a request as its operation's method wants it.
    pub(crate) fn write<T: Serialize>(
        operation: &'static Operation,
        request: &T,
    ) -> Result<Self, Error> {
        let payload = revealing(|| match operation.method {
            Method::Post => to_body(request).map(Payload::Body),
            Method::Get => to_query(&written(request)?).map(Payload::Query),
        });
        Ok(Self { operation, payload: payload? })
    }
}

/// Of so many bytes are most bodies at the most: they are written without growing.
const USUAL_LENGTH: usize = 256;

/// A request as JSON in plain UTF-8.
fn to_body<T: Serialize>(request: &T) -> Result<Bytes, Error> {
    let body = written(request)?;
    check_plain(&body)?;
    Ok(body.into())
}

fn written<T: Serialize>(request: &T) -> Result<Vec<u8>, Error> {
    let mut body = Vec::with_capacity(USUAL_LENGTH);
    serde_json::to_writer(&mut body, request).map_err(unwritable)?;
    Ok(body)
}

/// An object's scalars as a query; what is `null` is left out.
fn to_query(request: &[u8]) -> Result<Secret, Error> {
    let request = Value::parse(request).map_err(unwritable)?;
    if !matches!(request.leaf(), Leaf::Null | Leaf::Object(_)) {
        return Err(unwritable("it is not an object"));
    }
    let mut pairs = Vec::new();
    for (name, value) in request.properties() {
        if let Some(value) = scalar(name, value.leaf())? {
            pairs.push((name, value));
        }
    }
    Ok(query(pairs.into_iter()))
}

fn scalar<'a>(name: &str, value: Leaf<'a>) -> Result<Option<Cow<'a, str>>, Error> {
    Ok(Some(match value {
        Leaf::Null => return Ok(None),
        Leaf::String(text) => Cow::Borrowed(text),
        Leaf::Bool(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
        Leaf::Number(number) => match number.text() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(number.to_string()),
        },
        Leaf::Array(_) | Leaf::Object(_) => {
            let what = format!("a query has no place for the list or object `{name}`");
            return Err(unwritable(what));
        }
    }))
}

fn unwritable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Invalid, "the request cannot be written").caused_by(cause)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const POST: &Operation = &Operation::new("post", Method::Post, "/p");
    const GET: &Operation = &Operation::new("get", Method::Get, "/g");

    #[test]
    fn a_post_is_compact_json_in_plain_utf8() {
        let outgoing = Outgoing::write(POST, &json!({ "a": "10元" })).unwrap();
        assert!(matches!(outgoing.payload, Payload::Body(body) if body == "{\"a\":\"10元\"}"));
    }

    #[test]
    fn a_get_is_a_query_of_its_scalars() {
        let request = json!({ "appid": "wx 1", "n": 5, "yes": true, "none": null });
        let outgoing = Outgoing::write(GET, &request).unwrap();
        assert!(matches!(outgoing.payload, Payload::Query(query)
            if query.expose() == "appid=wx+1&n=5&yes=true"));
    }

    #[test]
    fn a_query_has_no_place_for_lists() {
        let error = Outgoing::write(GET, &json!({ "ids": [1] })).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(Outgoing::write(GET, &json!([1])).is_err());
    }
}

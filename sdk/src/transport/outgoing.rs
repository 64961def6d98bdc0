//! A request, written once and sent as often as need be.

use bytes::Bytes;
use serde::Serialize;

use super::base::query;
use crate::endpoint::{Endpoint, Method, Operation};
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, revealing};
use crate::wire::{Buffer, ShownJson, check_plain, validate, walk};

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
    Query(Query),
}

/// An object's scalars, in a query and by themselves.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) text: Secret,
    pub(crate) pairs: Vec<(String, Secret)>,
}

impl Outgoing {
    /// Checks a request, and writes it as its operation's method wants it.
    pub(crate) fn of<E: Endpoint>(request: &E) -> Result<Self, Error> {
        let valid = validate(request).map_err(Error::from);
        let written = valid.and_then(|()| Self::write(E::OPERATION, request));
        written.map_err(|error| error.during(E::OPERATION.id, 0, false))
    }

    pub(crate) fn write<T: Serialize>(
        operation: &'static Operation,
        request: &T,
    ) -> Result<Self, Error> {
        let payload = revealing(|| match operation.method {
            Method::Post => to_body(request).map(Payload::Body),
            Method::Get => {
                to_query(&String::from_utf8_lossy(written(request)?.as_ref())).map(Payload::Query)
            }
        });
        Ok(Self { operation, payload: payload? })
    }
}

/// A request as JSON in plain UTF-8.
fn to_body<T: Serialize>(request: &T) -> Result<Bytes, Error> {
    let body = written(request)?;
    check_plain(body.as_ref())?;
    Ok(body.into_bytes())
}

fn written<T: Serialize>(request: &T) -> Result<Buffer, Error> {
    let mut body = Buffer::new();
    serde_json::to_writer(&mut body, request).map_err(unwritable)?;
    Ok(body)
}

/// An object's scalars as a query; what is `null` is left out.
fn to_query(request: &str) -> Result<Query, Error> {
    let mut pairs = Vec::new();
    let mut problem = None;
    walk(request, &mut |place, shown| match (place.depth(), place.names().next()) {
        (0, _) if !matches!(shown, ShownJson::Null | ShownJson::Object) => {
            problem = Some("it is not an object".to_owned());
        }
        (1, Some(name)) => match shown {
            ShownJson::Name(_) | ShownJson::Null => {}
            ShownJson::Text(text) | ShownJson::Number(text) => pairs.push(pair(name, text)),
            ShownJson::Bool(flag) => pairs.push(pair(name, if flag { "true" } else { "false" })),
            ShownJson::Array | ShownJson::Object => {
                let what = format!("a query has no place for the list or object `{name}`");
                problem.get_or_insert(what);
            }
        },
        _ => {}
    })
    .map_err(unwritable)?;
    match problem {
        Some(problem) => Err(unwritable(problem)),
        None => {
            let text = query(pairs.iter().map(|(name, value)| (name.as_str(), value.expose())));
            Ok(Query { text, pairs })
        }
    }
}

fn pair(name: &str, value: &str) -> (String, Secret) {
    (name.to_owned(), Secret::new(value))
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
            if query.text.expose() == "appid=wx+1&n=5&yes=true"));
    }

    #[test]
    fn a_query_has_no_place_for_lists() {
        let error = Outgoing::write(GET, &json!({ "ids": [1] })).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(Outgoing::write(GET, &json!([1])).is_err());
    }
}

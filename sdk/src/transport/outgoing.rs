//! A request, written once and sent as often as need be.
//!
//! ```text
//! POST    SetName { name: "店" }           {"name":"店"}, each character as it is
//! GET     GetShop { shop_id: 429620 }    shop_id=429620
//! ```

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use super::base::query;
use crate::endpoint::{Endpoint, Method, Operation};
use crate::error::{Effect, Error, ErrorKind};
use crate::secret::Secret;
use crate::wire::{Buffer, ShownJson, check_plain, json_of, validate, walk};

/// A request on its way: everything but the access token.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) operation: &'static Operation,
    pub(crate) content: Content,
}

/// The request itself, which may hold secrets.
pub(crate) enum Content {
    Body(Bytes),
    Query(Query),
}

impl fmt::Debug for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Content(..)")
    }
}

/// An object's scalars: as the text of a query, and as pairs.
pub(crate) struct Query {
    pub(crate) text: Secret,
    pub(crate) pairs: Vec<(String, Secret)>,
}

impl Outgoing {
    /// Checks a request, and writes it as a body or as a query, by its operation's method.
    pub(crate) fn of<E: Endpoint>(request: &E) -> Result<Self, Error> {
        // Known when it is compiled: programs without queries do not contain what writes them.
        let content = match const { E::OPERATION.method } {
            Method::Post => body,
            Method::Get => query_of_scalars,
        };
        let valid = validate(request).map_err(Error::from);
        match valid.and_then(|()| written(request)).and_then(content) {
            Ok(content) => Ok(Self { operation: E::OPERATION, content }),
            Err(error) => Err(error.during(E::OPERATION.id, 0, Effect::NotSent)),
        }
    }

    #[cfg(test)]
    pub(crate) fn write<T: Serialize>(
        operation: &'static Operation,
        request: &T,
    ) -> Result<Self, Error> {
        let content = match operation.method {
            Method::Post => body,
            Method::Get => query_of_scalars,
        };
        Ok(Self { operation, content: content(written(request)?)? })
    }
}

/// A text as a JSON string, with its quotes.
pub(crate) fn json(text: &str) -> Secret {
    let written = written(text).map(|json| String::from_utf8_lossy(json.as_ref()).into_owned());
    Secret::new(written.unwrap_or_default())
}

/// A value as JSON, with its secrets.
fn written<T: Serialize + ?Sized>(value: &T) -> Result<Buffer, Error> {
    json_of(value).map_err(unwritable)
}

/// JSON in plain UTF-8.
fn body(json: Buffer) -> Result<Content, Error> {
    check_plain(json.as_ref())?;
    Ok(Content::Body(json.into_bytes()))
}

/// An object's scalars as a query; what is `null` is left out.
#[expect(clippy::needless_pass_by_value, reason = "as a body is made")]
fn query_of_scalars(json: Buffer) -> Result<Content, Error> {
    let mut pairs = Vec::new();
    let mut problem = None;
    walk(&String::from_utf8_lossy(json.as_ref()), &mut |place, shown| match (
        place.depth(),
        place.names().next(),
    ) {
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
            Ok(Content::Query(Query { text, pairs }))
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
        assert!(matches!(outgoing.content, Content::Body(body) if body == "{\"a\":\"10元\"}"));
    }

    #[test]
    fn a_get_is_a_query_of_its_scalars() {
        let request = json!({ "appid": "wx 1", "n": 5, "yes": true, "none": null });
        let outgoing = Outgoing::write(GET, &request).unwrap();
        assert!(matches!(outgoing.content, Content::Query(query)
            if query.text.expose() == "appid=wx+1&n=5&yes=true"));
    }

    #[test]
    fn a_query_has_no_place_for_lists() {
        for (request, cause) in [
            (json!({ "ids": [1] }), "a query has no place for the list or object `ids`"),
            (json!({ "a": {}, "b": [] }), "a query has no place for the list or object `a`"),
            (json!([1]), "it is not an object"),
            (json!(1), "it is not an object"),
        ] {
            let error = Outgoing::write(GET, &request).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid);
            assert_eq!(error.to_string(), "the request cannot be written");
            assert_eq!(std::error::Error::source(&error).unwrap().to_string(), cause);
        }
        let Content::Query(none) = Outgoing::write(GET, &json!(null)).unwrap().content else {
            panic!("a GET has a query");
        };
        assert_eq!((none.text.expose(), none.pairs.len()), ("", 0));
    }
}

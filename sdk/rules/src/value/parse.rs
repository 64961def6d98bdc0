//! JSON text as a tree.
//!
//! ```text
//! [0.10, 1e400]    Array([Number(0.10), Number(1e400)])
//! ```

use super::{DEEPEST, Repr, TOO_DEEP, Value};
use crate::json::{JsonReader, ParseError, Token};
use crate::view::ValuePath;

impl<'v> Value<'v> {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, an object has a property twice, or values are nested deeper than 128 levels.
    pub fn parse(json: &'v [u8]) -> Result<Self, ParseError> {
        let text = std::str::from_utf8(json).map_err(|error| ParseError {
            offset: error.valid_up_to(),
            pointer: String::new(),
            message: "is not UTF-8".to_owned(),
        })?;
        let mut json = JsonReader::new(text);
        let value = value(&mut json, &ValuePath::ROOT, 0)?;
        json.end()?;
        Ok(value)
    }
}

fn value<'v>(
    json: &mut JsonReader<'v>,
    place: &ValuePath<'_>,
    depth: usize,
) -> Result<Value<'v>, ParseError> {
    if depth > DEEPEST {
        return json.fail(place, TOO_DEEP);
    }
    let repr = match json.token(place)? {
        Token::Null => Repr::Null,
        Token::Bool(flag) => Repr::Bool(flag),
        Token::Number(number) => Repr::Number(number),
        Token::String(text) => Repr::String(text),
        Token::Array => {
            let mut items = Vec::new();
            while json.has_item(place, items.len())? {
                items.push(value(json, &place.index(items.len()), depth + 1)?);
            }
            Repr::Array(items)
        }
        Token::Object => {
            let mut properties = Vec::new();
            while json.has_property(place, properties.len())? {
                let (name, _) = json.name(place)?;
                let value = value(json, &place.property(&name), depth + 1)?;
                properties.push((name, value));
            }
            let object = Value::object(properties);
            return object
                .or_else(|name| json.fail(place, format!("has the property `{name}` twice")));
        }
    };
    Ok(Value(repr))
}

//! JSON types, and sets of them.
//!
//! ```text
//! {"type": ["integer", "null"]}   INTEGER and NULL: "must be null or an integer"
//! ```

use std::fmt;

use crate::message::{
    ARRAY, BOOLEAN, COMMA, INTEGER, Message, NULL, NUMBER, OBJECT, OR, STRING, Template,
};

/// What `type` can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// All of them, by the names that `type` has for them.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("null", Self::Null),
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("string", Self::String),
        ("array", Self::Array),
        ("object", Self::Object),
    ];

    /// The name in JSON Schema.
    pub fn name(self) -> &'static str {
        self.types().names().next().unwrap_or_default()
    }

    /// The set of this type only.
    pub const fn types(self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Boolean => Types::BOOLEAN,
            Self::Integer => Types::INTEGER,
            Self::Number => Types::NUMBER,
            Self::String => Types::STRING,
            Self::Array => Types::ARRAY,
            Self::Object => Types::OBJECT,
        }
    }
}

/// A set of JSON types. An integer is a number without a fraction, also when it is written as `1.0`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Types(u8);

impl Types {
    /// No type.
    pub const NONE: Self = Self(0);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(1 << 1);
    /// Numbers that are written in digits only: the integers of draft 4, where `1.0` is not an integer.
    pub const DIGITS: Self = Self(1 << 2);
    /// Numbers without a fraction.
    pub const INTEGER: Self = Self(1 << 2 | 1 << 7);
    /// All numbers. The third bit stands for numbers with a fraction.
    pub const NUMBER: Self = Self(1 << 2 | 1 << 3 | 1 << 7);
    /// Strings.
    pub const STRING: Self = Self(1 << 4);
    /// Arrays.
    pub const ARRAY: Self = Self(1 << 5);
    /// Objects.
    pub const OBJECT: Self = Self(1 << 6);
    /// All types.
    pub const ALL: Self = Self(u8::MAX);

    /// The types of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// These types without those of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all types of `other` are among these.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names in JSON Schema. `integer` is left out beside `number`, and is also the name of the integers of draft 4.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let has_numbers = self.contains(Self::NUMBER);
        let is_named = move |(_, named): &(&str, JsonType)| match named {
            JsonType::Integer => self.contains(Self::DIGITS) && !has_numbers,
            other => self.contains(other.types()),
        };
        JsonType::NAMES.into_iter().filter(is_named).map(|(name, _)| name)
    }
}

/// In the form of a sentence: `null or an integer`.
impl fmt::Display for Types {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(Message::from(*self).english())
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.names()).finish()
    }
}

/// In the form of a sentence: `null or an integer`.
impl From<Types> for Message {
    #[cold]
    fn from(types: Types) -> Self {
        let count = types.names().count();
        let names = (1..).zip(types.names().map(|name| Self::from(word(name))));
        let all = names.reduce(|(_, all), (number, next)| {
            let template = if number == count { OR } else { COMMA };
            (number, template.join(&all, &next))
        });
        all.unwrap_or_default().1
    }
}

fn word(name: &str) -> Template<0> {
    match name {
        "null" => NULL,
        "boolean" => BOOLEAN,
        "integer" => INTEGER,
        "number" => NUMBER,
        "string" => STRING,
        "array" => ARRAY,
        _ => OBJECT,
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonType, Types};

    #[test]
    fn an_integer_is_a_number_and_is_not_named_beside_it() {
        assert!(Types::NUMBER.contains(Types::INTEGER));
        assert!(!Types::INTEGER.contains(Types::NUMBER));
        assert_eq!(Types::INTEGER.or(Types::NUMBER).names().collect::<Vec<_>>(), ["number"]);
        assert_eq!(Types::INTEGER.to_string(), "an integer");
    }

    #[test]
    fn what_is_written_in_digits_is_an_integer_and_the_reverse_is_not_true() {
        assert!(Types::INTEGER.contains(Types::DIGITS));
        assert!(!Types::DIGITS.contains(Types::INTEGER));
        assert_eq!(Types::DIGITS.to_string(), "an integer");
        assert_eq!(Types::DIGITS.or(Types::NUMBER), Types::NUMBER);
    }

    #[test]
    fn a_set_reads_as_a_sentence_has_it() {
        let types = Types::NULL.or(Types::STRING).or(Types::ARRAY);
        assert_eq!(types.to_string(), "null, a string or an array");
        assert_eq!(types.and(Types::NULL).to_string(), "null");
        assert_eq!(format!("{types:?}"), r#"{"null", "string", "array"}"#);
        let each = JsonType::NAMES.map(|(_, each)| each);
        assert_eq!(each.map(JsonType::name), JsonType::NAMES.map(|(name, _)| name));
        assert_eq!(each.map(JsonType::types).into_iter().fold(Types::NONE, Types::or), Types::ALL);
        for (index, one) in each.iter().enumerate() {
            for other in &each[index + 1..] {
                let both = one.types().and(other.types());
                assert_eq!(
                    both.is_empty(),
                    (one, other) != (&JsonType::Integer, &JsonType::Number)
                );
            }
        }
        assert!(types.and(Types::NUMBER).is_empty());
        assert!(Types::ALL.contains(types));
    }
}

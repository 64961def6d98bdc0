//! The rules that Rust types enforce on scalars, and the Rust types of whole numbers.
//!
//! ```text
//! { "type": "integer", "format": "uint32", "minimum": 1 }
//!
//! Integer(U32, [Number(Minimum, 1)])
//! ```

use wechat_bizwifi_rules::Format;

use crate::schema::Keyword;
use crate::source::Number;
use crate::util::{CollectVec as _, sort_by};

/// The unit that a point in time is counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Seconds,
    Milliseconds,
}

impl TimeUnit {
    pub(crate) const ALL: [Self; 2] = [Self::Seconds, Self::Milliseconds];

    /// The format of such a number.
    pub(crate) const fn format(self) -> &'static str {
        match self {
            Self::Seconds => "unix-time",
            Self::Milliseconds => "unix-time-ms",
        }
    }
}

/// The Rust types that hold whole numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Integer {
    I32,
    I64,
    U32,
    U64,
    /// Of any size: in documents, integers need not have bounds.
    Any,
}

impl Integer {
    /// The formats of whole numbers, as OpenAPI names them.
    pub(crate) const FORMATS: [(&'static str, Self); 4] =
        [("int32", Self::I32), ("int64", Self::I64), ("uint32", Self::U32), ("uint64", Self::U64)];

    /// The least and the greatest number that it holds.
    pub(crate) const fn range(self) -> (i128, i128) {
        match self {
            Self::I32 => (i32::MIN as i128, i32::MAX as i128),
            Self::I64 => (i64::MIN as i128, i64::MAX as i128),
            Self::U32 => (0, u32::MAX as i128),
            Self::U64 => (0, u64::MAX as i128),
            Self::Any => (i128::MIN, i128::MAX),
        }
    }

    /// The type for numbers within these bounds, if no format states one: `None`, if 64 bits do not
    /// hold them.
    pub(crate) fn holding(least: Option<Number>, most: Option<Number>) -> Option<Self> {
        let fits = |integer: &Self| {
            let (lowest, highest) = integer.range();
            let range = Number::from(lowest)..=Number::from(highest);
            least.iter().chain(&most).all(|bound| range.contains(bound))
        };
        let is_never_negative = least.is_some_and(|least| least >= Number::from(0));
        let types = [Some(Self::I64), is_never_negative.then_some(Self::U64)];
        types.into_iter().flatten().find(fits)
    }

    /// Whether it holds every number from a least to a greatest.
    pub(crate) const fn holds(self, (least, greatest): (i128, i128)) -> bool {
        let (minimum, maximum) = self.range();
        minimum <= least && greatest <= maximum
    }

    /// The type that a `format` names.
    pub(crate) fn of_format(format: &str) -> Option<Self> {
        Self::FORMATS.iter().find(|(name, _)| *name == format).map(|(_, integer)| *integer)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::Any => "Integer",
        }
    }
}

/// The format of numbers that may have a fraction.
pub(crate) const DOUBLE: &str = "double";

/// Whether a format is one of numbers.
pub(crate) fn is_number_format(name: &str) -> bool {
    let is_time = TimeUnit::ALL.iter().any(|unit| unit.format() == name);
    name == DOUBLE || is_time || Integer::of_format(name).is_some()
}

/// A regular expression.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// As the schema writes it.
    pub(crate) source: String,
    /// In the syntax that the runtime matches.
    pub(crate) translated: String,
}

/// A rule on a single value, which its Rust type enforces.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A whole number is written in digits alone, as in draft 4.
    InDigits,
    /// A bound of a number or of a count, or `multipleOf`.
    Number(Keyword, Number),
    Format(Format),
    Pattern(Box<Pattern>),
    /// No item twice, in a list of scalars.
    UniqueItems,
}

impl Rule {
    pub(crate) fn keyword(&self) -> Keyword {
        match self {
            Self::InDigits => Keyword::Type,
            Self::Number(keyword, _) => *keyword,
            Self::Format(_) => Keyword::Format,
            Self::Pattern(_) => Keyword::Pattern,
            Self::UniqueItems => Keyword::UniqueItems,
        }
    }
}

/// The rules of a type, at most one of each keyword, in the order of the table of keywords.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    pub(crate) const NONE: &Self = &Self(Vec::new());

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Rule> {
        self.0.iter()
    }

    pub(crate) fn get(&self, keyword: Keyword) -> Option<&Rule> {
        self.iter().find(|rule| rule.keyword() == keyword)
    }

    /// The number of a keyword's rule.
    pub(crate) fn number(&self, keyword: Keyword) -> Option<Number> {
        match self.get(keyword)? {
            Rule::Number(_, number) => Some(*number),
            _ => None,
        }
    }
}

impl FromIterator<Rule> for Rules {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        let mut rules = rules.into_iter().collect_vec();
        sort_by(&mut rules, |a, b| a.keyword().cmp(&b.keyword()));
        Self(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::is_number_format;

    #[test]
    fn formats_of_numbers_are_told_from_those_of_strings() {
        for name in ["double", "int32", "int64", "uint32", "uint64", "unix-time", "unix-time-ms"] {
            assert!(is_number_format(name), "{name}");
        }
        assert!(!is_number_format("date") && !is_number_format(""));
    }
}

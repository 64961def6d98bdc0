//! How the evaluator looks at a value, whatever holds it.
//!
//! ```text
//! {"a": [1]}    leaf: Object(1)    get("a"): leaf Array(1), items: Number(1)
//! ```

use crate::decimal::Decimal;
use crate::schema::Literal;
use crate::types::Types;

/// Something that is a JSON value.
pub trait View<'v>: Copy {
    /// The value itself, without what is within it.
    fn leaf(self) -> Leaf<'v>;

    /// The items, if the value is an array; else none.
    fn items(self) -> impl Iterator<Item = Self>;

    /// The properties, always in the same order, if the value is an object; else none.
    fn properties(self) -> impl Iterator<Item = (&'v str, Self)>;

    /// The property of this name.
    fn get(self, name: &str) -> Option<Self>;
}

/// A value without what is within it. It is a [`View`] too: of a scalar, or of an array or object of which only the
/// length matters.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'v> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Decimal<'v>),
    /// A string.
    String(&'v str),
    /// An array of this many items.
    Array(usize),
    /// An object of this many properties.
    Object(usize),
}

impl Leaf<'_> {
    /// The JSON type. Of a number, the smallest set that it is in.
    pub fn types(&self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Bool(_) => Types::BOOLEAN,
            Self::Number(number) if number.is_in_digits() => Types::DIGITS,
            Self::Number(number) if number.is_integer() => Types::INTEGER,
            Self::Number(_) => Types::NUMBER,
            Self::String(_) => Types::STRING,
            Self::Array(_) => Types::ARRAY,
            Self::Object(_) => Types::OBJECT,
        }
    }
}

impl<'v> View<'v> for Leaf<'v> {
    fn leaf(self) -> Leaf<'v> {
        self
    }

    fn items(self) -> impl Iterator<Item = Self> {
        std::iter::empty()
    }

    fn properties(self) -> impl Iterator<Item = (&'v str, Self)> {
        std::iter::empty()
    }

    fn get(self, _: &str) -> Option<Self> {
        None
    }
}

impl<'l> View<'l> for &'l Literal<'l> {
    fn leaf(self) -> Leaf<'l> {
        match self {
            Literal::Null => Leaf::Null,
            Literal::Bool(bool) => Leaf::Bool(*bool),
            Literal::Number(number) => Leaf::Number(*number),
            Literal::String(string) => Leaf::String(string),
            Literal::Array(items) => Leaf::Array(items.len()),
            Literal::Object(properties) => Leaf::Object(properties.len()),
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let Literal::Array(items) = self else { return [].iter() };
        items.iter()
    }

    fn properties(self) -> impl Iterator<Item = (&'l str, Self)> {
        let properties = if let Literal::Object(properties) = self { *properties } else { &[] };
        properties.iter().map(|(name, value)| (*name, value))
    }

    fn get(self, name: &str) -> Option<Self> {
        self.properties().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// The place of a value within another: a linked list on the stack. Nothing is allocated until the pointer is needed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValuePath<'p>(Option<(&'p ValuePath<'p>, Step<'p>)>);

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Property(&'p str),
    Index(usize),
}

impl<'p> ValuePath<'p> {
    /// The outermost value.
    pub const ROOT: Self = Self(None);

    /// The place of a property of this value.
    #[must_use]
    pub const fn property(&'p self, name: &'p str) -> Self {
        Self(Some((self, Step::Property(name))))
    }

    /// The place of an item of this value.
    #[must_use]
    pub const fn index(&'p self, index: usize) -> Self {
        Self(Some((self, Step::Index(index))))
    }

    /// The names of the properties that lead here, the last one first.
    pub fn names(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        let steps = std::iter::successors(self.0, |(parent, _)| parent.0);
        steps.filter_map(|(_, step)| match step {
            Step::Property(name) => Some(name),
            Step::Index(_) => None,
        })
    }

    /// The number of steps from the outermost value.
    pub fn depth(&self) -> usize {
        std::iter::successors(self.0, |(parent, _)| parent.0).count()
    }

    /// The JSON pointer, as RFC 6901 has it.
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write_pointer(&mut pointer);
        pointer
    }

    fn write_pointer(&self, pointer: &mut String) {
        let Some((parent, step)) = self.0 else {
            return;
        };
        parent.write_pointer(pointer);
        match step {
            Step::Property(name) => push_name(pointer, name),
            Step::Index(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

/// Adds a name to a JSON pointer, escaped as RFC 6901 says.
pub fn push_name(pointer: &mut String, name: &str) {
    pointer.push('/');
    for character in name.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Leaf, ValuePath, View as _};

    #[test]
    fn a_place_is_the_steps_that_lead_to_it() {
        let outer = ValuePath::ROOT.property("a/b~");
        let list = outer.property("list");
        let item = list.index(10);
        let inner = item.property("");
        for (place, pointer, names) in [
            (ValuePath::ROOT, "", &[][..]),
            (outer, "/a~1b~0", &["a/b~"]),
            (item, "/a~1b~0/list/10", &["list", "a/b~"]),
            (inner, "/a~1b~0/list/10/", &["", "list", "a/b~"]),
        ] {
            assert_eq!(place.pointer(), pointer);
            assert_eq!(place.names().collect::<Vec<_>>(), names);
            assert_eq!(place.depth(), pointer.matches('/').count());
        }
    }

    #[test]
    fn a_leaf_has_nothing_within_it() {
        for leaf in [Leaf::Array(2), Leaf::Object(2)] {
            assert_eq!((leaf.items().count(), leaf.properties().count()), (0, 0));
            assert!(leaf.get("a").is_none());
        }
    }
}

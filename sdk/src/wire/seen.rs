//! A value as tables see it, whatever holds it: a tree, a `serde_json::Value`, or a value of a Rust type.
//!
//! ```text
//! validate_fields ROOT_RULES;         {"start": 1, "tags": ["a"]}    an object: `start` is 1, `tags` an array
//! Vec<BTreeMap<String, rt::Value>>    [{"name": "EL"}]               an array, of an object: `name` is "EL"
//! ```
//!
//! It is one type, so that a program contains one evaluator. What only tables use is `#[inline]`, as in `table.rs`.

use std::fmt;

use serde_json::{Number, Value as Json};
use wechat_bizwifi_rules::{Decimal, Leaf, Value, View, is_same};

/// A value, by what holds it.
#[derive(Clone, Copy)]
pub enum Seen<'v> {
    /// A scalar, or an array or object whose content does not matter.
    Leaf(Leaf<'v>),
    /// A tree.
    Tree(&'v Value<'v>),
    /// A `serde_json::Value`.
    Json(&'v Json),
    /// The items of an array.
    Items(&'v dyn Items),
    /// The properties of a map.
    Entries(&'v dyn Entries),
    /// The properties of an object.
    Object(&'v SeenObject<'v>),
}

/// An array whose items can be seen.
pub trait Items {
    /// The number of items.
    fn count(&self) -> usize;

    /// The item of this index.
    fn item(&self, index: usize) -> Option<Seen<'_>>;
}

/// A map whose values can be seen.
pub trait Entries {
    /// The number of entries.
    fn count(&self) -> usize;

    /// The value of this name.
    fn entry(&self, name: &str) -> Option<Seen<'_>>;

    /// The entry after that of this name, or the first one.
    fn after(&self, name: Option<&str>) -> Option<(&str, Seen<'_>)>;
}

#[inline]
fn each(entries: &dyn Entries) -> impl Iterator<Item = (&str, Seen<'_>)> {
    std::iter::successors(entries.after(None), |(name, _)| entries.after(Some(name)))
}

/// An object, with the properties that a table needs.
#[derive(Default)]
pub struct SeenObject<'v> {
    fields: Vec<(&'v str, Seen<'v>)>,
    additional: Option<&'v dyn Entries>,
}

impl<'v> SeenObject<'v> {
    /// Adds additional properties, if there are any.
    #[must_use]
    pub(super) fn and(self, additional: Option<&'v dyn Entries>) -> Self {
        Self { additional, ..self }
    }

    /// Adds a property.
    #[inline]
    pub(super) fn push(&mut self, name: &'v str, value: Seen<'v>) {
        self.fields.push((name, value));
    }

    #[inline]
    fn count(&self) -> usize {
        self.fields.len() + self.additional.map_or(0, Entries::count)
    }

    #[inline]
    fn get(&self, name: &str) -> Option<Seen<'v>> {
        let field = self.fields.iter().find(|(known, _)| is_same(known, name));
        field.map(|(_, value)| *value).or_else(|| self.additional?.entry(name))
    }

    #[inline]
    fn properties(&self) -> impl Iterator<Item = (&'v str, Seen<'v>)> {
        self.fields.iter().copied().chain(self.additional.into_iter().flat_map(each))
    }
}

impl fmt::Debug for SeenObject<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.properties().map(|(name, _)| name)).finish()
    }
}

/// Shows the JSON type only, since a string may be a secret.
impl fmt::Debug for Seen<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.leaf().types())
    }
}

impl<'v> View<'v> for Seen<'v> {
    #[inline]
    fn leaf(self) -> Leaf<'v> {
        match self {
            Self::Leaf(leaf) => leaf,
            Self::Tree(tree) => tree.leaf(),
            Self::Json(json) => json_leaf(json),
            Self::Items(items) => Leaf::Array(items.count()),
            Self::Entries(entries) => Leaf::Object(entries.count()),
            Self::Object(object) => Leaf::Object(object.count()),
        }
    }

    #[inline]
    fn items(self) -> impl Iterator<Item = Self> {
        match self {
            Self::Tree(tree) => Each::Tree(tree.items().map(Self::Tree)),
            Self::Json(Json::Array(items)) => Each::Json(items.iter().map(Self::Json)),
            Self::Items(items) => Each::Typed((0..items.count()).filter_map(|it| items.item(it))),
            _ => Each::<_, _, _, std::iter::Empty<_>>::Nothing,
        }
    }

    #[inline]
    fn properties(self) -> impl Iterator<Item = (&'v str, Self)> {
        match self {
            Self::Tree(tree) => {
                Each::Tree(tree.properties().map(|(name, value)| (name, Self::Tree(value))))
            }
            Self::Json(Json::Object(properties)) => {
                Each::Json(properties.iter().map(|(name, value)| (&**name, Self::Json(value))))
            }
            Self::Entries(entries) => Each::Typed(each(entries)),
            Self::Object(object) => Each::Object(object.properties()),
            _ => Each::Nothing,
        }
    }

    #[inline]
    fn get(self, name: &str) -> Option<Self> {
        match self {
            Self::Tree(tree) => tree.get(name).map(Self::Tree),
            Self::Json(Json::Object(properties)) => properties.get(name).map(Self::Json),
            Self::Entries(entries) => entries.entry(name),
            Self::Object(object) => object.get(name),
            _ => None,
        }
    }
}

#[inline]
fn json_leaf(json: &Json) -> Leaf<'_> {
    match json {
        Json::Null => Leaf::Null,
        Json::Bool(flag) => Leaf::Bool(*flag),
        Json::Number(number) => decimal(number).map_or(Leaf::Null, Leaf::Number),
        Json::String(text) => Leaf::String(text),
        Json::Array(items) => Leaf::Array(items.len()),
        Json::Object(properties) => Leaf::Object(properties.len()),
    }
}

fn decimal(number: &Number) -> Option<Decimal<'static>> {
    let small = number.as_i64().map(Decimal::from).or_else(|| number.as_u64().map(Decimal::from));
    small.or_else(|| Decimal::of_written(number.as_f64()?))
}

/// The items or properties of a value, by what holds it.
enum Each<T, J, R, O> {
    Tree(T),
    Json(J),
    Typed(R),
    Object(O),
    Nothing,
}

impl<V, T, J, R, O> Iterator for Each<T, J, R, O>
where
    T: Iterator<Item = V>,
    J: Iterator<Item = V>,
    R: Iterator<Item = V>,
    O: Iterator<Item = V>,
{
    type Item = V;

    #[inline]
    fn next(&mut self) -> Option<V> {
        match self {
            Self::Tree(each) => each.next(),
            Self::Json(each) => each.next(),
            Self::Typed(each) => each.next(),
            Self::Object(each) => each.next(),
            Self::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::check::Check as _;
    use super::*;

    /// What a view shows, as JSON; asked in each way that there is.
    fn shown(value: Seen<'_>) -> String {
        match value.leaf() {
            Leaf::Null => "null".to_owned(),
            Leaf::Bool(flag) => flag.to_string(),
            Leaf::Number(number) => number.to_string(),
            Leaf::String(text) => format!("{text:?}"),
            Leaf::Array(count) => {
                let items: Vec<String> = value.items().map(shown).collect();
                assert_eq!(items.len(), count);
                format!("[{}]", items.join(","))
            }
            Leaf::Object(count) => {
                let properties = value.properties().map(|(name, one)| {
                    let found = value.get(name).map(shown);
                    assert_eq!(found, Some(shown(one)), "{name}");
                    format!("{name:?}:{}", found.unwrap())
                });
                let properties: Vec<String> = properties.collect();
                assert_eq!(properties.len(), count);
                assert!(value.get("nothing").is_none());
                format!("{{{}}}", properties.join(","))
            }
        }
    }

    #[test]
    fn a_value_shows_the_same_whatever_holds_it() {
        let text = r#"{"a":[{"b":1,"c":-2},{}],"d":[]}"#;
        let tree = Value::parse(text.as_bytes()).unwrap();
        assert_eq!(shown(Seen::Tree(&tree)), text);
        let json: Json = serde_json::from_str(text).unwrap();
        assert_eq!(shown(Seen::Json(&json)), text);
        let maps = |more: &[(&str, i64)]| {
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), *value))
                .collect::<BTreeMap<_, _>>()
        };
        let lists = BTreeMap::from([
            ("a".to_owned(), vec![maps(&[("b", 1), ("c", -2)]), maps(&[])]),
            ("d".to_owned(), vec![]),
        ]);
        assert_eq!(shown(lists.seen()), text);
        let mut object = SeenObject::default();
        object.push("a", lists["a"].seen());
        let rest = BTreeMap::from([("d".to_owned(), lists["d"].clone())]);
        assert_eq!(shown(Seen::Object(&object.and(Some(&rest)))), text);
        let mut object = SeenObject::default();
        object.push("x", Seen::Leaf(Leaf::Bool(true)));
        object.push("z", Seen::Leaf(Leaf::Null));
        assert_eq!(shown(Seen::Object(&object)), r#"{"x":true,"z":null}"#);
        assert_eq!(format!("{object:?}"), r#"["x", "z"]"#);
    }

    #[test]
    fn numbers_of_json_are_seen_with_all_their_digits() {
        for text in ["18446744073709551615", "-9223372036854775808", "1.5", "0"] {
            let json: Json = serde_json::from_str(text).unwrap();
            assert_eq!(shown(Seen::Json(&json)), text);
        }
        assert_eq!(shown(Seen::Json(&"a\n".into())), r#""a\n""#);
    }
}

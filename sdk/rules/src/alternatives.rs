//! The tags that distinguish alternatives. They are found once for a table, so that one look at the tag of a value
//! leaves one of fifty alternatives.
//!
//! ```text
//! {"oneOf": [{"properties": {"op": {"const": "and"}}}, {"properties": {"op": {"enum": ["+", "-"]}}}, ..]}
//!
//! the tag is `op`: "and" is the first alternative, "+" and "-" are the second
//! ```
//!
//! Its functions are `#[inline]`, so that only crates with tables compile them.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use crate::schema::{Literal, Rule, Schema, SchemaRef};
use crate::view::Leaf;

/// How deep alternatives within alternatives are looked at. Deeper ones are evaluated.
pub(crate) const DEEPEST: usize = 3;

/// Fewer alternatives than this are looked at one by one.
const FEW: usize = 4;

/// The tags of each list of alternatives in a table, by the address of the list.
#[derive(Debug, Default)]
pub struct Alternatives<'s>(BTreeMap<(usize, usize), Tagged<'s>>);

/// A list of alternatives by their tag. Alternatives of alternatives are included.
#[derive(Debug)]
pub(crate) struct Tagged<'s> {
    /// The name of the tag property.
    pub(crate) tag: &'s str,
    all: Vec<SchemaRef<'s>>,
    /// For each value of the tag, the alternatives that list it and those that list no values.
    by_value: BTreeMap<&'s str, Vec<SchemaRef<'s>>>,
    /// The alternatives that list no values of the tag.
    untagged: Vec<SchemaRef<'s>>,
}

impl<'s> Alternatives<'s> {
    /// Finds the tags of a schema and of all schemas that it refers to.
    #[inline]
    pub fn of(schema: &'s Schema<'s>) -> Self {
        let (mut all, mut seen, mut left) = (BTreeMap::new(), BTreeSet::new(), vec![schema]);
        while let Some(schema) = left.pop() {
            if !seen.insert(std::ptr::from_ref(schema).addr()) {
                continue;
            }
            for rule in schema.0 {
                if let Rule::AnyOf(branches) | Rule::OneOf(branches) = rule {
                    all.extend(Tagged::of(branches).map(|it| (place(branches), it)));
                }
                left.extend(rule.schemas().into_iter().filter_map(referred));
            }
        }
        Self(all)
    }

    #[inline]
    pub(crate) fn find(&self, branches: &[SchemaRef<'s>]) -> Option<&Tagged<'s>> {
        self.0.get(&place(branches))
    }
}

#[inline]
fn place(branches: &[SchemaRef<'_>]) -> (usize, usize) {
    (branches.as_ptr().addr(), branches.len())
}

#[inline]
const fn referred(schema: SchemaRef<'_>) -> Option<&Schema<'_>> {
    match schema {
        SchemaRef::To(schema) => Some(schema),
        SchemaRef::Node(_) => None,
    }
}

impl<'s> Tagged<'s> {
    #[inline]
    fn of(branches: &'s [SchemaRef<'s>]) -> Option<Self> {
        let mut schemas = Vec::new();
        add_alternatives(branches, 0, &mut schemas);
        if schemas.len() < FEW {
            return None;
        }
        let rules = |schema: &SchemaRef<'s>| referred(*schema).map_or(&[][..], |it| it.0);
        let names: Vec<&str> =
            schemas.iter().flat_map(|schema| tags(rules(schema))).map(|(name, _)| name).collect();
        let count = |name: &&&str| names.iter().filter(|other| *other == *name).count();
        let tag = names.iter().max_by_key(count).copied()?;
        let mut tagged =
            Self { tag, all: Vec::new(), by_value: BTreeMap::new(), untagged: Vec::new() };
        for schema in schemas {
            tagged.all.push(schema);
            match tags(rules(&schema)).find(|(name, _)| *name == tag) {
                Some((_, values)) => {
                    for value in values {
                        tagged.by_value.entry(value).or_default().push(schema);
                    }
                }
                None => tagged.untagged.push(schema),
            }
        }
        for schemas in tagged.by_value.values_mut() {
            schemas.extend(&tagged.untagged);
        }
        Some(tagged)
    }

    /// The alternatives that an object with this tag may be valid against.
    pub(crate) fn with(&self, tag: Option<Leaf<'_>>) -> &[SchemaRef<'s>] {
        match tag {
            Some(Leaf::String(text)) => self.by_value.get(text).unwrap_or(&self.untagged),
            Some(_) => &self.untagged,
            None => &self.all,
        }
    }
}

/// Adds alternatives. One that is only a list of alternatives is replaced by these.
#[inline]
fn add_alternatives<'s>(
    branches: &'s [SchemaRef<'s>],
    depth: usize,
    schemas: &mut Vec<SchemaRef<'s>>,
) {
    for branch in branches {
        match referred(*branch).and_then(|schema| alternatives_within(schema.0, depth)) {
            Some(inner) => add_alternatives(inner, depth + 1, schemas),
            None => schemas.push(*branch),
        }
    }
}

/// The alternatives of a schema that is only a list of alternatives, or only a reference to a schema.
#[inline]
pub(crate) fn alternatives_within<'s>(
    rules: &'s [Rule<'s>],
    depth: usize,
) -> Option<&'s [SchemaRef<'s>]> {
    match rules {
        _ if depth >= DEEPEST => None,
        [Rule::AllOf(inner)] if inner.len() == 1 => Some(inner),
        [Rule::AnyOf(inner) | Rule::OneOf(inner)] => Some(inner),
        _ => None,
    }
}

/// The properties of an alternative whose values are listed strings, with these strings.
#[inline]
fn tags<'s>(rules: &'s [Rule<'s>]) -> impl Iterator<Item = (&'s str, Vec<&'s str>)> {
    let named = rules.iter().flat_map(|rule| match rule {
        Rule::Properties(properties) => properties.named,
        _ => &[],
    });
    named.filter_map(|(name, schema)| {
        let values = referred(*schema)?.0.iter().find_map(|rule| match rule {
            Rule::Const(only) => Some(slice::from_ref(*only)),
            Rule::Enum(values) => Some(*values),
            _ => None,
        });
        let string = |value: &Literal<'s>| match value {
            Literal::String(text) => Some(*text),
            _ => None,
        };
        Some((*name, values?.iter().map(string).collect::<Option<_>>()?))
    })
}

#[cfg(test)]
mod tests {
    use super::Alternatives;
    use crate::evaluate::{evaluate, evaluate_prepared};
    use crate::schema::{Literal, Properties, Rule, Schema, SchemaRef};
    use crate::types::Types;
    use crate::value::Value;
    use crate::view::Leaf;

    macro_rules! tagged {
        ($($value:literal)*) => {
            SchemaRef::To(&Schema(&[
                Rule::Type(Types::OBJECT),
                Rule::Properties(&Properties {
                    named: &[("op", SchemaRef::To(&Schema(&[
                        Rule::Enum(&[$(Literal::String($value)),*])
                    ])))],
                    patterns: &[],
                    additional: None,
                }),
            ]))
        };
    }

    static NESTED: Schema<'static> = Schema(&[Rule::AnyOf(&[tagged!("d"), tagged!("a" "e")])]);
    static ALL: &[SchemaRef<'static>] = &[
        tagged!("a" "b"),
        tagged!("c"),
        SchemaRef::To(&NESTED),
        SchemaRef::To(&Schema(&[Rule::Type(Types::STRING)])),
        SchemaRef::To(&Schema(&[Rule::Required(&["x"])])),
    ];
    static RULES: [Schema<'static>; 2] = [Schema(&[Rule::OneOf(ALL)]), Schema(&[Rule::AnyOf(ALL)])];

    #[test]
    fn what_is_known_of_alternatives_changes_no_verdict() {
        for schema in &RULES {
            let alternatives = Alternatives::of(schema);
            let mut valid = 0;
            for json in [
                r#"{"op":"a"}"#,
                r#"{"op":"b"}"#,
                r#"{"op":"b","x":1}"#,
                r#"{"op":"c"}"#,
                r#"{"op":"d"}"#,
                r#"{"op":"e"}"#,
                r#"{"op":"f"}"#,
                r#"{"op":"f","x":1}"#,
                r#"{"op":1}"#,
                r#"{"x":1}"#,
                "{}",
                r#""a""#,
                "1",
            ] {
                let value = Value::parse(json.as_bytes()).unwrap();
                let prepared = evaluate_prepared(schema, &alternatives, &value);
                let plain = evaluate(schema, &[], &value);
                valid += u32::from(plain.is_ok());
                assert_eq!(format!("{prepared:?}"), format!("{plain:?}"), "{json}");
            }
            assert!((4..12).contains(&valid), "{valid}");
        }
    }

    #[test]
    fn a_tag_leaves_the_alternatives_that_list_it_and_those_that_list_no_values() {
        macro_rules! constant {
            ($value:expr) => {
                SchemaRef::To(&Schema(&[Rule::Properties(&Properties {
                    named: &[
                        ("other", SchemaRef::To(&Schema(&[Rule::Type(Types::STRING)]))),
                        (
                            "op",
                            SchemaRef::To(&Schema(&[
                                Rule::Type(Types::STRING),
                                Rule::Const(&$value),
                            ])),
                        ),
                    ],
                    patterns: &[],
                    additional: None,
                })]))
            };
        }
        static WITHIN: Schema<'static> = Schema(&[Rule::AllOf(&[SchemaRef::To(&Schema(&[
            Rule::OneOf(&[constant!(Literal::String("x")), tagged!("y" "a")]),
        ]))])]);
        static CLOSED: &[SchemaRef<'static>] =
            &[tagged!("a" "b"), constant!(Literal::String("c")), SchemaRef::To(&WITHIN)];
        static OPEN: &[SchemaRef<'static>] =
            &[tagged!("a"), tagged!("b"), constant!(Literal::Null), SchemaRef::Node(0)];
        static BOTH: Schema<'static> =
            Schema(&[Rule::AnyOf(CLOSED), Rule::OneOf(OPEN), Rule::Not(SchemaRef::To(&AROUND))]);
        static AROUND: Schema<'static> =
            Schema(&[Rule::Not(SchemaRef::To(&BOTH)), Rule::AnyOf(THREE)]);
        static THREE: &[SchemaRef<'static>] = &[tagged!("a"), tagged!("b"), tagged!("c")];
        let known = Alternatives::of(&BOTH);
        assert!(known.find(THREE).is_none());
        for (branches, tag, left) in [
            (CLOSED, Some(Leaf::String("a")), 2),
            (CLOSED, Some(Leaf::String("b")), 1),
            (CLOSED, Some(Leaf::String("c")), 1),
            (CLOSED, Some(Leaf::String("x")), 1),
            (CLOSED, Some(Leaf::String("z")), 0),
            (CLOSED, Some(Leaf::Null), 0),
            (CLOSED, None, 4),
            (OPEN, Some(Leaf::String("a")), 3),
            (OPEN, Some(Leaf::String("z")), 2),
            (OPEN, Some(Leaf::Null), 2),
            (OPEN, None, 4),
        ] {
            let tagged = known.find(branches).unwrap();
            assert_eq!(tagged.tag, "op");
            assert_eq!(tagged.with(tag).len(), left, "{tag:?} of {}", branches.len());
        }
        for json in [
            r#"{"op":"c"}"#,
            r#"{"op":"c","other":1}"#,
            r#"{"op":"x"}"#,
            r#"{"op":"a"}"#,
            r#"{"op":1}"#,
            "{}",
            "1",
        ] {
            let value = Value::parse(json.as_bytes()).unwrap();
            for rule in [Rule::AnyOf(CLOSED), Rule::OneOf(CLOSED)] {
                let rules = [rule];
                let schema = Schema(&rules);
                let prepared = evaluate_prepared(&schema, &known, &value);
                let plain = evaluate(&schema, &[], &value);
                assert_eq!(format!("{prepared:?}"), format!("{plain:?}"));
            }
        }
    }
}

//! What a random schema says, before it is one.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A set of JSON values that a schema can describe.
#[derive(Clone, Debug)]
pub(crate) enum Model {
    Boolean,
    Integer(Bounds),
    /// A number; the bounds are in tenths.
    Number(Bounds),
    Text(Range),
    /// A string of a format that everybody understands alike.
    Formatted(&'static str),
    /// A string of letters, by pattern.
    Pattern(&'static str),
    EnumOfTexts(Vec<&'static str>),
    EnumOfNumbers(Vec<i64>),
    List(Box<Model>, Range, bool),
    /// Items by place, and no others.
    Tuple(Vec<Model>),
    Map(Box<Model>, Range, Option<Range>),
    Object(Object),
    Nullable(Box<Model>),
    /// Objects identified by the property `kind`.
    Tagged(Vec<Object>),
    /// Values of different JSON types.
    Either(Vec<Model>),
    /// An object that refers to itself, as a property and as the items of a list.
    Tree(Box<Model>),
}

/// Bounds on a number.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub(crate) least: Option<i64>,
    pub(crate) most: Option<i64>,
    pub(crate) exclusive: bool,
    pub(crate) step: Option<i64>,
}

/// How long or how many.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) properties: Vec<Property>,
    pub(crate) additional: Additional,
    pub(crate) count: Range,
    /// The first of these properties needs the second.
    pub(crate) dependent: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) model: Model,
    pub(crate) required: bool,
}

/// What other properties an object may have.
#[derive(Clone, Debug)]
pub(crate) enum Additional {
    Any,
    None,
    Of(Box<Model>),
}

/// Names on the wire, some of which are no names in Rust.
const NAMES: &[&str] =
    &["id", "type", "self", "card_id", "startDate", "with space", "7th", "größe", "Build", "$ref"];

/// A document's model: an object, mostly.
pub(crate) fn models() -> impl Strategy<Value = Model> {
    let nested = leaves().prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            3 => (inner.clone(), ranges(3), any::<bool>())
                .prop_map(|(items, range, unique)| Model::List(Box::new(items), range, unique)),
            1 => vec(inner.clone(), 1..3).prop_map(Model::Tuple),
            2 => (inner.clone(), ranges(3), proptest::option::of(ranges(5)))
                .prop_map(|(values, range, names)| Model::Map(Box::new(values), range, names)),
            4 => objects(inner.clone()).prop_map(Model::Object),
            1 => inner.clone().prop_filter("null is apart", can_be_nullable)
                .prop_map(|model| Model::Nullable(Box::new(model))),
            1 => vec(objects(inner.clone()), 2..4).prop_map(Model::Tagged),
            1 => inner.clone().prop_map(|model| Model::Tree(Box::new(model))),
        ]
    });
    prop_oneof![
        4 => objects(nested.clone()).prop_map(Model::Object),
        2 => nested,
        1 => either().prop_map(Model::Either),
    ]
}

fn leaves() -> impl Strategy<Value = Model> {
    prop_oneof![
        1 => Just(Model::Boolean),
        4 => bounds().prop_map(Model::Integer),
        3 => bounds().prop_map(Model::Number),
        4 => ranges(6).prop_map(Model::Text),
        1 => select(vec!["date", "uuid", "ipv4"]).prop_map(Model::Formatted),
        1 => select(vec!["^[a-z]+$", "b", "^(a|bc)*\\d?$"]).prop_map(Model::Pattern),
        2 => subsequence(vec!["a", "b-c", "1", "käse", "B C"], 1..4).prop_map(Model::EnumOfTexts),
        2 => subsequence(vec![0, 1, -1, 7, 9_007_199_254_740_992], 1..4)
            .prop_map(Model::EnumOfNumbers),
    ]
}

/// Models of JSON types of which no two have a value in common.
fn either() -> impl Strategy<Value = Vec<Model>> {
    let list = bounds().prop_map(|items| {
        let range = Range { least: None, most: Some(2) };
        Model::List(Box::new(Model::Integer(items)), range, false)
    });
    (ranges(4).prop_map(Model::Text), bounds().prop_map(Model::Integer), list)
        .prop_flat_map(|(a, b, c)| subsequence(vec![a, b, c, Model::Boolean], 2..4))
}

fn objects(inner: impl Strategy<Value = Model> + Clone) -> impl Strategy<Value = Object> {
    let properties = subsequence(NAMES.to_vec(), 1..5).prop_flat_map(move |names| {
        let models = vec((inner.clone(), any::<bool>()), names.len());
        models.prop_map(move |models| {
            let named = names.iter().zip(models);
            named.map(|(name, (model, required))| Property { name, model, required }).collect()
        })
    });
    let additional = prop_oneof![
        3 => Just(Additional::None),
        2 => Just(Additional::Any),
        1 => ranges(3).prop_map(|range| Additional::Of(Box::new(Model::Text(range)))),
    ];
    let rare = proptest::option::weighted(0.2, ranges(5));
    (properties, additional, rare, proptest::bool::weighted(0.2)).prop_map(
        |(properties, additional, count, dependent): (Vec<Property>, _, _, _)| {
            let pair = properties.first().zip(properties.last());
            let dependent = pair.filter(|_| dependent && properties.len() > 1);
            let dependent = dependent.map(|(first, last)| (first.name, last.name));
            let count = count.unwrap_or(Range { least: None, most: None });
            Object { properties, additional, count, dependent }
        },
    )
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let bound = || proptest::option::of(-20_i64..20);
    let step = proptest::option::weighted(0.25, 1_i64..8);
    (bound(), bound(), any::<bool>(), step)
        .prop_map(|(a, b, exclusive, step)| {
            let (least, most) = match (a, b) {
                (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                other => other,
            };
            Bounds { least, most, exclusive, step }
        })
        .prop_filter("room for a value", |bounds| match (bounds.least, bounds.most) {
            (Some(least), Some(most)) => most - least > 10,
            _ => true,
        })
}

fn ranges(most: usize) -> impl Strategy<Value = Range> {
    let bound = move || proptest::option::of(0..=most);
    (bound(), bound()).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => Range { least: Some(a.min(b)), most: Some(a.max(b)) },
        (least, most) => Range { least, most },
    })
}

/// Whether `[type, "null"]` can say it.
fn can_be_nullable(model: &Model) -> bool {
    matches!(
        model,
        Model::Boolean
            | Model::Integer(_)
            | Model::Number(_)
            | Model::Text(_)
            | Model::List(..)
            | Model::Map(..)
            | Model::Object(_)
    )
}

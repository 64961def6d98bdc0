//! Schemas written by hand, values, and all that is wrong with them.

use super::{evaluate, is_valid};
use crate::Literal::{self, Array, Null, Number, Object, String as Text};
use crate::{
    Contains, Decimal, Format, If, Items, Leaf, Properties, PropertyOrder, Rule, Schema, SchemaRef,
    Types, Violations,
};
use Rule::*;
use SchemaRef::{Node, To};

mod leaves;
mod limits;
mod objects;

const fn int(number: i128) -> Literal<'static> {
    Number(Decimal::new(number, 0))
}

const ANY: SchemaRef<'static> = To(&Schema(&[]));
const NOTHING: SchemaRef<'static> = To(&Schema(&[Never]));
const STRING: SchemaRef<'static> = To(&Schema(&[Type(Types::STRING)]));
const POSITIVE: SchemaRef<'static> = To(&Schema(&[Minimum(&Decimal::new(1, 0))]));
const NO_PROPERTIES: Properties<'static> =
    Properties { named: &[], patterns: &[], additional: None };

/// Everything wrong, as text; whether it is valid must say the same.
fn check(rules: &[Rule<'_>], value: &Literal<'_>) -> String {
    check_nodes(rules, &[], value)
}

fn check_nodes(rules: &[Rule<'_>], nodes: &[Schema<'_>], value: &Literal<'_>) -> String {
    let found = violations(rules, nodes, value);
    assert_eq!(is_valid(&Schema(rules), nodes, value), found.is_ok(), "{found:?}");
    let Err(found) = found else { return String::new() };
    for violation in found.as_slice() {
        // Names and values of the schema stand between backticks and quotes.
        let chinese = violation.in_chinese().replace(r#"\""#, "");
        let chinese = chinese.split(['`', '"']).step_by(2).collect::<String>();
        let words = chinese.split(' ').filter(|word| !word.starts_with('/')).collect::<String>();
        let words = words.replace("null", "");
        assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{violation}: {chinese}");
    }
    found.to_string()
}

fn violations(
    rules: &[Rule<'_>],
    nodes: &[Schema<'_>],
    value: &Literal<'_>,
) -> Result<(), Violations> {
    evaluate(&Schema(rules), nodes, value)
}

#[test]
fn a_rule_is_small() {
    assert!(size_of::<Rule<'_>>() <= 32, "{}", size_of::<Rule<'_>>());
    assert!(size_of::<Literal<'_>>() <= 32);
}

#[test]
fn everything_that_is_wrong_is_found_with_its_place() {
    let rules = [
        Required(&["b"]),
        Properties(&Properties {
            named: &[
                ("a", POSITIVE),
                ("c/~", To(&Schema(&[Items(&Items { prefix: &[], rest: Some(POSITIVE) })]))),
            ],
            additional: Some(NOTHING),
            ..NO_PROPERTIES
        }),
        PropertyNames(To(&Schema(&[MaxLength(3)]))),
        DependentRequired(&[("a", &["d"])]),
        MinProperties(4),
    ];
    let value = Object(&[("a", int(0)), ("c/~", Array(&[int(1), int(-1)])), ("long", Null)]);
    assert_eq!(
        check(&rules, &value),
        "must have the property `b`; /a must be at least 1, is 0; /c~1~0/1 must be at least 1, is -1; \
         /long is not allowed; /long has a name that is not valid: must have at most 3 characters, \
         has 4; has `a`, so it must have `d`; must have at least 4 properties, has 3"
    );
}

/// A rule on what is within a value, a value that is valid by it and one that is not.
#[test]
fn each_rule_on_what_is_within_a_value_allows_some_and_refuses_others() {
    const SHORT: SchemaRef<'static> = To(&Schema(&[MaxLength(1)]));
    const ORDERED: PropertyOrder<'static> =
        PropertyOrder { first: "a", or_equal: false, second: "b" };
    static NAMED: Properties<'static> = Properties { named: &[("a", POSITIVE)], ..NO_PROPERTIES };
    static CLOSED: Properties<'static> = Properties { additional: Some(NOTHING), ..NAMED };
    static FIRST: Items<'static> = Items { prefix: &[POSITIVE], rest: None };
    static CLOSED_LIST: Items<'static> = Items { rest: Some(NOTHING), ..FIRST };
    let (ones, twos) = ([int(1), Null], [int(2), int(2)]);
    let (a, ab, b) = ([("a", int(1))], [("a", int(1)), ("b", int(2))], [("bb", int(0))]);
    let wrong = [("a", int(0)), ("b", int(0))];
    for (rule, valid, invalid) in [
        (Items(&FIRST), Array(&ones), Array(&[int(0)])),
        (Items(&CLOSED_LIST), Array(&[int(1)]), Array(&ones)),
        (UniqueItems, Array(&ones), Array(&twos)),
        (UnevaluatedItems(POSITIVE), Array(&twos), Array(&[int(0)])),
        (Properties(&NAMED), Object(&ab), Object(&wrong)),
        (Properties(&CLOSED), Object(&a), Object(&ab)),
        (PropertyNames(SHORT), Object(&ab), Object(&b)),
        (Required(&["a"]), Object(&a), Object(&b)),
        (DependentRequired(&[("a", &["b"])]), Object(&ab), Object(&a)),
        (DependentSchemas(&[("a", To(&Schema(&[MinProperties(2)])))]), Object(&ab), Object(&a)),
        (PropertyOrder(&[ORDERED]), Object(&ab), Object(&wrong)),
        (UnevaluatedProperties(POSITIVE), Object(&ab), Object(&b)),
        (AllOf(&[POSITIVE, POSITIVE]), int(1), int(0)),
    ] {
        assert_eq!(check(&[rule], &valid), "", "{rule:?}");
        assert_ne!(check(&[rule], &invalid), "", "{rule:?}");
        // Nothing is wrong with what is beside it, and with what is of another type.
        assert_eq!(check(&[rule, Type(Types::ALL)], &valid), "", "{rule:?}");
        assert_eq!(check(&[rule], &int(1)), "", "{rule:?}");
        assert_eq!(check(&[AllOf(&[To(&Schema(&[rule]))])], &valid), "", "{rule:?}");
    }
}

#[test]
fn equality_is_exact_and_knows_no_order_of_properties() {
    let big = |text| Number(Decimal::parse(text).unwrap());
    let values = [big("9007199254740994"), Text("a"), Object(&[("a", int(1)), ("b", Null)])];
    for value in [big("9007199254740994.0"), Object(&[("b", Null), ("a", big("10e-1"))])] {
        assert_eq!(check(&[Enum(&values)], &value), "");
    }
    for value in [big("9007199254740993"), Object(&[("a", int(1))]), Array(&[])] {
        assert_ne!(check(&[Enum(&values)], &value), "");
    }
}

#[test]
fn a_repeated_item_is_found_however_it_is_written() {
    let big = Number(Decimal::parse("9007199254740994.0").unwrap());
    let pairs =
        Array(&[Object(&[("a", int(1)), ("b", int(2))]), Object(&[("b", int(2)), ("a", int(1))])]);
    for (items, message) in [
        (
            Array(&[int(9_007_199_254_740_994), big]),
            "must not repeat an item, but item 1 equals item 0",
        ),
        (pairs, "must not repeat an item, but item 1 equals item 0"),
        (
            Array(&[int(1), Text("1"), Null, int(0), Null, int(1)]),
            "must not repeat an item, but item 4 equals item 2",
        ),
        (
            Array(&[Array(&[int(1), int(2)]), Array(&[int(2), int(1)]), Array(&[int(1), int(2)])]),
            "must not repeat an item, but item 2 equals item 0",
        ),
        (Array(&[int(0), Literal::Bool(false), Null, Array(&[]), Object(&[]), Text("")]), ""),
    ] {
        assert_eq!(check(&[UniqueItems], &items), message);
        // Long arrays take another way, and say the same.
        let Array(items) = items else { unreachable!() };
        let mut more = items.to_vec();
        more.extend((100..200).map(|number| -> Literal<'_> { int(number) }));
        assert_eq!(check(&[UniqueItems], &Array(&more)), message);
    }
    let many: Vec<_> = (0..100_000).map(int).collect();
    assert_eq!(check(&[UniqueItems], &Array(&many)), "");
}

#[test]
fn so_many_items_must_be_valid_as_contains_says() {
    let contains =
        |min, max| [Contains(&*Box::leak(Box::new(Contains { schema: POSITIVE, min, max })))];
    let value = Array(&[int(0), int(1), int(2)]);
    for (min, max, message) in [
        (1, None, ""),
        (0, Some(2), ""),
        (
            3,
            None,
            "must have at least 3 items that are valid against the schema under `contains`, has 2",
        ),
        (
            1,
            Some(1),
            "must have at most 1 item that is valid against the schema under `contains`, has 2",
        ),
    ] {
        assert_eq!(check(&contains(min, max), &value), message);
    }
    assert_eq!(check(&contains(1, None), &Null), "");
    assert!(check(&contains(1, None), &Array(&[])).contains("at least 1 item"));
}

/// Two kinds of objects identified by a tag, and a string.
const SHAPES: [SchemaRef<'static>; 3] = [
    To(&Schema(&[
        Type(Types::OBJECT),
        Properties(&Properties {
            named: &[("kind", To(&Schema(&[Const(&Text("circle"))]))), ("radius", POSITIVE)],
            ..NO_PROPERTIES
        }),
        Required(&["kind", "radius"]),
    ])),
    To(&Schema(&[
        Type(Types::OBJECT),
        Properties(&Properties {
            named: &[("kind", To(&Schema(&[Const(&Text("square"))]))), ("side", POSITIVE)],
            ..NO_PROPERTIES
        }),
        Required(&["kind", "side", "colour", "edge"]),
    ])),
    STRING,
];

#[test]
fn of_several_schemas_the_closest_is_shown() {
    for (value, index, wrong) in [
        (Object(&[("kind", Text("circle"))]), 0, "must have the property `radius`"),
        // Although the other branch has fewer violations.
        (Object(&[("kind", Text("square"))]), 1, "must have the property `side`"),
        (
            Object(&[("kind", Text("circle")), ("radius", int(0))]),
            0,
            "/radius must be at least 1, is 0",
        ),
    ] {
        let found = violations(&[AnyOf(&SHAPES)], &[], &value).unwrap_err().into_vec();
        assert_eq!(found.len(), 1);
        let closest = found[0].closest().unwrap();
        assert_eq!((found[0].keyword, closest.index), ("anyOf", index));
        assert_eq!(closest.violations[0].to_string(), wrong);
        assert!(found[0].message.contains(wrong), "{}", found[0].message);
    }
}

#[test]
fn a_schema_that_a_property_is_wrong_for_is_closer_than_one_whose_property_is_missing() {
    const BY_FILE_OR_NUMBER: [SchemaRef<'static>; 2] = [
        To(&Schema(&[Required(&["file"])])),
        To(&Schema(&[
            Properties(&Properties { named: &[("number", POSITIVE)], ..NO_PROPERTIES }),
            Required(&["number"]),
        ])),
    ];
    let value = Object(&[("number", int(0))]);
    let found = violations(&[OneOf(&BY_FILE_OR_NUMBER)], &[], &value).unwrap_err().into_vec();
    assert_eq!(found[0].closest().unwrap().index, 1);
}

#[test]
fn where_all_schemas_want_other_types_the_types_are_listed() {
    assert_eq!(check(&[OneOf(&SHAPES)], &int(1)), "must be a string or an object");
    let nested = To(&Schema(&[AnyOf(&SHAPES)]));
    let found = violations(&[AnyOf(&[nested, To(&Schema(&[Enum(&[Null])]))])], &[], &int(1));
    let found = found.unwrap_err().into_vec();
    assert_eq!(found[0].message, "must be null, a string or an object");
    assert!(found[0].expected_types().unwrap().contains(Types::NULL));
}

#[test]
fn schemas_combine() {
    let both = [POSITIVE, To(&Schema(&[Maximum(&Decimal::new(5, 0))]))];
    assert_eq!(check(&[AllOf(&both)], &int(9)), "must be at most 5, is 9");
    assert_eq!(
        check(&[OneOf(&both)], &int(3)),
        "must be valid against exactly one of the schemas under `oneOf`, is valid against 2"
    );
    assert_eq!(check(&[OneOf(&both)], &int(9)), "");
    assert_eq!(
        check(&[Not(POSITIVE)], &int(3)),
        "must not be valid against the schema under `not`"
    );
    assert_eq!(check(&[Not(POSITIVE)], &int(0)), "");
    let condition = If(&If {
        condition: STRING,
        then: Some(To(&Schema(&[MinLength(2)]))),
        otherwise: Some(POSITIVE),
    });
    assert_eq!(check(&[condition], &Text("a")), "must have at least 2 characters, has 1");
    assert_eq!(check(&[condition], &int(0)), "must be at least 1, is 0");
    let dependent = DependentSchemas(&[("a", To(&Schema(&[MinProperties(2)])))]);
    assert_eq!(check(&[dependent], &Object(&[("b", Null)])), "");
    assert!(check(&[dependent], &Object(&[("a", Null)])).contains("at least 2 properties"));
}

#[test]
fn a_property_is_found_among_few_and_among_many() {
    const NAMES: [&str; 12] = ["l", "ka", "k", "i", "ha", "h", "f", "e", "d", "ca", "c", ""];
    for count in 1..=NAMES.len() {
        let mut named: Vec<_> = NAMES[..count].iter().map(|name| (*name, POSITIVE)).collect();
        if count > Properties::FEW {
            named.sort_unstable_by_key(|(name, _)| *name);
        }
        let closed = Properties { named: &named, additional: Some(NOTHING), ..NO_PROPERTIES };
        for name in &NAMES[..count] {
            let rules = [Properties(&closed)];
            assert_eq!(check(&rules, &Object(&[(*name, int(1))])), "");
            assert_ne!(check(&rules, &Object(&[(*name, int(0))])), "");
        }
        assert_eq!(check(&[Properties(&closed)], &Object(&[("m", int(1))])), "/m is not allowed");
    }
}

#[test]
fn what_no_valid_branch_has_evaluated_is_left_over() {
    const HAS_A: SchemaRef<'static> = To(&Schema(&[
        Required(&["a"]),
        Properties(&Properties { named: &[("a", ANY)], ..NO_PROPERTIES }),
    ]));
    const HAS_B: SchemaRef<'static> = To(&Schema(&[
        Required(&["b"]),
        Properties(&Properties { named: &[("b", ANY)], ..NO_PROPERTIES }),
    ]));
    // The rule on what is left over comes last, wherever it stands.
    let rules = [UnevaluatedProperties(NOTHING), AnyOf(&[HAS_A, HAS_B])];
    let (a, b, c) = (("a", Null), ("b", Null), ("c", Null));
    assert_eq!(check(&rules, &Object(&[a])), "");
    assert_eq!(check(&rules, &Object(&[a, b])), "");
    assert_eq!(check(&rules, &Object(&[a, c])), "/c is not allowed");
    // A branch that failed would have evaluated who knows what: only its failure is reported.
    assert_eq!(
        check(&rules, &Object(&[c])),
        "must be valid against one of the 2 schemas under `anyOf`; number 1 is the closest, but: \
         must have the property `a`"
    );
    // What is under `not` counts for nothing.
    assert_eq!(
        check(&[Not(To(&Schema(&[Not(HAS_A)]))), UnevaluatedProperties(NOTHING)], &Object(&[a])),
        "/a is not allowed"
    );
    let nested =
        [AllOf(&[To(&Schema(&[UnevaluatedProperties(ANY)]))]), UnevaluatedProperties(NOTHING)];
    assert_eq!(check(&nested, &Object(&[a, c])), "");
}

#[test]
fn items_are_left_over_past_a_prefix_and_where_contains_fits_none() {
    let rules = [
        Items(&Items { prefix: &[ANY], rest: None }),
        Contains(&Contains { schema: STRING, min: 1, max: None }),
        UnevaluatedItems(NOTHING),
    ];
    assert_eq!(check(&rules, &Array(&[Null, Text("a"), Null])), "/2 is not allowed");
    let many = vec![Text("a"); 300];
    assert_eq!(check(&rules, &Array(&many)), "");
    for index in [1, 127, 128, 129, 255, 256, 299] {
        let mut many = many.clone();
        many[index] = Null;
        assert_eq!(check(&rules, &Array(&many)), format!("/{index} is not allowed"));
    }
}

#[test]
fn two_properties_keep_their_order() {
    let order = |or_equal| {
        [PropertyOrder(Box::leak(Box::new([PropertyOrder {
            first: "from",
            or_equal,
            second: "to",
        }])))]
    };
    let pair = |from, to| Object(Box::leak(Box::new([("from", from), ("to", to)])));
    assert_eq!(check(&order(true), &pair(int(2), int(1))), "must have `from` <= `to`, has 2 and 1");
    assert_eq!(check(&order(true), &pair(int(1), int(1))), "");
    assert_eq!(check(&order(false), &pair(int(1), int(1))), "must have `from` < `to`, has 1 and 1");
    assert_eq!(check(&order(true), &Object(&[("from", int(2))])), "");
    assert_eq!(check(&order(true), &pair(Text("b"), int(1))), "");
    let [PropertyOrder([only])] = order(true) else { unreachable!() };
    let said = only.violation(&Leaf::Number(2.into()), &Leaf::Number(1.into()));
    assert_eq!(
        (said.keyword, said.to_string().as_str()),
        ("propertyOrder", "must have `from` <= `to`, has 2 and 1")
    );
    for (from, to, is_right) in [
        ("2024-02-29", "2024-03-01", true),
        ("2024-03-01", "2024-02-29", false),
        ("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00.000Z", true),
        ("2024-03-01T00:30:00.5+01:00", "2024-02-29T23:30:00.25Z", false),
        ("2024-12-31T23:59:59Z", "2025-01-01T00:00:00Z", true),
        ("b", "a", true),
        ("b", "2024-02-29", true),
    ] {
        let expected = if is_right { "" } else { "must have `from` <= `to`" };
        assert_eq!(check(&order(true), &pair(Text(from), Text(to))), expected, "{from} {to}");
    }
}

#[test]
fn alternatives_within_alternatives_are_told_apart_by_tags_before_what_is_within_them() {
    static AND: Schema<'static> = Schema(&[Type(Types::STRING), Not(To(&OR))]);
    static OR: Schema<'static> = Schema(&[Const(&Text("or"))]);
    let (and, or) = ([("of", Node(0)), ("op", To(&AND))], [("of", Node(0)), ("op", To(&OR))]);
    let (and, or) =
        (Properties { named: &and, ..NO_PROPERTIES }, Properties { named: &or, ..NO_PROPERTIES });
    let (and, or) = ([Properties(&and)], [Properties(&or)]);
    let (and, or) = (Schema(&and), Schema(&or));
    let either = [To(&and), To(&or)];
    let rules = [OneOf(&either)];
    let mut value = Object(&[("op", Text("or"))]);
    // Each level would double what there is to do, if both were tried to the end.
    for _ in 0..100 {
        value = Object(Box::leak(Box::new([("of", value), ("op", Text("or"))])));
    }
    assert!(is_valid(&Schema(&rules), &[Schema(&rules)], &value));
}

#[test]
fn required_properties_tell_alternatives_apart_on_every_level() {
    const A: SchemaRef<'static> = To(&Schema(&[Required(&["a"])]));
    const B: SchemaRef<'static> = To(&Schema(&[Required(&["b"])]));
    const C: SchemaRef<'static> = To(&Schema(&[Required(&["c"]), Type(Types::OBJECT)]));
    let all = [To(&Schema(&[AllOf(&[To(&Schema(&[OneOf(&[A, B])]))])])), C];
    for (names, count) in [("", 0), ("a", 1), ("c", 1), ("ac", 2), ("ab", 0), ("abc", 1)] {
        let properties: Vec<_> = names.split("").skip(1).map(|name| (name, Null)).collect();
        let value = Object(&properties[..names.len()]);
        assert_eq!(check(&[OneOf(&all)], &value).is_empty(), count == 1, "{names}");
        assert_eq!(check(&[AnyOf(&all)], &value).is_empty(), count > 0, "{names}");
    }
    assert!(!check(&[OneOf(&all)], &int(1)).is_empty());
}

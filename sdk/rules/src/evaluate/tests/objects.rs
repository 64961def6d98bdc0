//! Rules on what is within an object or an array, side by side, and which keyword reports what.

use super::*;
use crate::Violation;

/// Each violation by its place, keyword and message.
fn lines_of(rules: &[Rule<'_>], value: &Literal<'_>) -> Vec<String> {
    check(rules, value);
    let found = violations(rules, &[], value).map_or_else(Violations::into_vec, |()| Vec::new());
    let line = |it: &Violation| format!("{} {}: {}", it.pointer, it.keyword, it.message);
    found.iter().map(line).collect()
}

#[cfg(feature = "pattern")]
#[test]
fn a_property_is_checked_by_its_name_and_by_each_pattern_or_else_as_an_additional_one() {
    static X: crate::Pattern<'static> = crate::Pattern::new("^x", "^x");
    static Y: crate::Pattern<'static> = crate::Pattern::new("y$", "y$");
    let patterns = [(&X, POSITIVE), (&Y, STRING)];
    let named = [("a", POSITIVE), ("xn", STRING)];
    let all = Properties { named: &named, patterns: &patterns, additional: Some(NOTHING) };
    let [too_small, no_string, not_allowed] = [
        " minimum: must be at least 1, is 0",
        " type: must be a string, is a number",
        " false: is not allowed",
    ];
    for (name, closed, open) in [
        ("a", &[too_small][..], &[too_small][..]),
        ("x", &[too_small], &[too_small]),
        ("y", &[no_string], &[no_string]),
        ("xy", &[too_small, no_string], &[too_small, no_string]),
        ("xn", &[no_string, too_small], &[no_string, too_small]),
        ("n", &[not_allowed], &[]),
    ] {
        let value = [(name, int(0)), ("z", Null)];
        let of = |found: &[&str]| found.iter().map(|it| format!("/{name}{it}")).collect::<Vec<_>>();
        // Named properties come first, as the schema has them.
        assert_eq!(lines_of(&[Properties(&all)], &Object(&value[..1])), of(closed));
        let open_rules = Properties { additional: None, ..all };
        assert_eq!(lines_of(&[Properties(&open_rules)], &Object(&value)), of(open));
        // What is by one of them is evaluated, valid or not.
        let left = [Properties(&open_rules), UnevaluatedProperties(NOTHING)];
        let left_over = if name == "n" { of(&[not_allowed]) } else { of(open) };
        assert_eq!(lines_of(&left, &Object(&value[..1])), left_over);
        let is_valid = is_valid(&Schema(&[Properties(&open_rules)]), &[], &Object(&value));
        assert_eq!(is_valid, open.is_empty(), "{name}");
    }
    for additional in [None, Some(POSITIVE)] {
        let rules = [
            Properties(&*Box::leak(Box::new(Properties { additional, ..NO_PROPERTIES }))),
            UnevaluatedProperties(NOTHING),
        ];
        let expected = if additional.is_none() { vec!["/n false: is not allowed"] } else { vec![] };
        assert_eq!(lines_of(&rules, &Object(&[("n", int(1))])), expected);
    }
}

#[test]
fn what_is_within_a_value_is_reported_by_the_keyword_that_asks() {
    const LONG: SchemaRef<'static> = To(&Schema(&[MinLength(2), MaxLength(0)]));
    let contains =
        |min, max| Contains(&*Box::leak(Box::new(Contains { schema: POSITIVE, min, max })));
    let numbers = [int(0), int(1), int(2)];
    for (rule, value, expected) in [
        (
            contains(3, None),
            Array(&numbers),
            &[
                " minContains: must have at least 3 items that are valid against the schema under `contains`, has 2",
            ][..],
        ),
        (
            contains(1, None),
            Array(&numbers[..1]),
            &[
                " contains: must have at least 1 item that is valid against the schema under `contains`, has 0",
            ],
        ),
        (
            contains(2, Some(1)),
            Array(&numbers),
            &[
                " maxContains: must have at most 1 item that is valid against the schema under `contains`, has 2",
            ],
        ),
        (contains(0, Some(0)), Array(&numbers[..1]), &[]),
        (
            UniqueItems,
            Array(&[Null, Null]),
            &[" uniqueItems: must not repeat an item, but item 1 equals item 0"],
        ),
        (
            PropertyNames(LONG),
            Object(&[("a", Null), ("bc", Null)]),
            &[
                "/a propertyNames: has a name that is not valid: must have at least 2 characters, has 1",
                "/a propertyNames: has a name that is not valid: must have at most 0 characters, has 1",
                "/bc propertyNames: has a name that is not valid: must have at most 0 characters, has 2",
            ],
        ),
        (
            Required(&["a", "b", "c"]),
            Object(&[("b", Null)]),
            &[" required: must have the property `a`", " required: must have the property `c`"],
        ),
        (
            DependentRequired(&[("a", &["b", "c", "d"]), ("e", &["f"])]),
            Object(&[("a", Null), ("c", Null)]),
            &[
                " dependentRequired: has `a`, so it must have `b`",
                " dependentRequired: has `a`, so it must have `d`",
            ],
        ),
        (
            DependentSchemas(&[
                ("a", NOTHING),
                ("b", NOTHING),
                ("c", To(&Schema(&[MinProperties(3)]))),
            ]),
            Object(&[("a", Null), ("c", Null)]),
            &[" false: is not allowed", " minProperties: must have at least 3 properties, has 2"],
        ),
        (
            OneOf(&[ANY, POSITIVE]),
            int(1),
            &[
                " oneOf: must be valid against exactly one of the schemas under `oneOf`, is valid against 2",
            ],
        ),
        (Not(ANY), int(1), &[" not: must not be valid against the schema under `not`"]),
        (AnyOf(&[]), int(1), &[" anyOf: cannot be valid: `anyOf` is empty"]),
        (
            PropertyOrder(&[PropertyOrder { first: "a", or_equal: false, second: "b" }]),
            Object(&[("a", int(1)), ("b", int(1))]),
            &[" propertyOrder: must have `a` < `b`, has 1 and 1"],
        ),
        (Never, int(1), &[" false: is not allowed"]),
        (Never, Text("a"), &[" false: is not allowed"]),
    ] {
        assert_eq!(lines_of(&[rule], &value), expected, "{rule:?}");
        // Beside a violation, and within a branch, it is the same.
        assert_eq!(
            is_valid(&Schema(&[AnyOf(&[To(&Schema(&[rule]))])]), &[], &value),
            expected.is_empty()
        );
    }
    let repeated = crate::repeated_item([Leaf::Null, Leaf::Null].into_iter()).unwrap();
    assert_eq!((repeated.pointer.as_str(), repeated.keyword), ("", "uniqueItems"));
}

#[test]
fn what_a_condition_has_evaluated_counts_where_it_holds() {
    const IS_A: SchemaRef<'static> = To(&Schema(&[
        Required(&["a"]),
        Properties(&Properties { named: &[("a", ANY)], ..NO_PROPERTIES }),
    ]));
    const HAS: [SchemaRef<'static>; 2] = [
        To(&Schema(&[Properties(&Properties { named: &[("b", ANY)], ..NO_PROPERTIES })])),
        To(&Schema(&[Properties(&Properties { named: &[("c", ANY)], ..NO_PROPERTIES })])),
    ];
    let condition = If { condition: IS_A, then: Some(HAS[0]), otherwise: Some(HAS[1]) };
    let (a, b, c) = (("a", Null), ("b", Null), ("c", Null));
    for (value, message) in
        [(&[a, b][..], ""), (&[a, c], "/c is not allowed"), (&[c], ""), (&[b], "/b is not allowed")]
    {
        let rules = [If(&condition), UnevaluatedProperties(NOTHING)];
        assert_eq!(check(&rules, &Object(value)), message);
        // `not` and what is within another value say nothing of what is evaluated here.
        let around = [
            Not(To(&Schema(&[AllOf(&[IS_A]), Never]))),
            If(&condition),
            UnevaluatedProperties(NOTHING),
        ];
        assert_eq!(check(&around, &Object(value)), message);
    }
}

#[test]
fn what_a_branch_has_evaluated_counts_beyond_the_first_128_items() {
    let items = To(&Schema(&[Items(&Items { prefix: &[], rest: Some(STRING) })]));
    let rules = [AnyOf(&[items]), UnevaluatedItems(NOTHING)];
    assert_eq!(check(&rules, &Array(&[Text("a"); 300])), "");
    let contains = To(&Schema(&[Contains(&Contains { schema: STRING, min: 0, max: None })]));
    let mut many = [Text("a"); 300];
    many[299] = Null;
    let rules = [AllOf(&[contains]), UnevaluatedItems(NOTHING)];
    assert_eq!(check(&rules, &Array(&many)), "/299 is not allowed");
    assert_eq!(
        check(&[AnyOf(&[contains]), UnevaluatedItems(NOTHING)], &Array(&many)),
        "/299 is not allowed"
    );
}

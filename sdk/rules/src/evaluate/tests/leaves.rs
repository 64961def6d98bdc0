//! Values by themselves, at the limits of rules, and what is said of them.

use super::*;
use crate::{check_leaf, is_valid_leaf};

#[test]
fn a_leaf_says_the_same_by_itself() {
    let (one, five) = (Decimal::new(1, 0), Decimal::new(5, 0));
    let date = Format::Date;
    for (rule, leaf, message) in [
        (Minimum(&one), Leaf::from(0), "must be at least 1, is 0"),
        (ExclusiveMinimum(&one), Leaf::from(1), "must be above 1, is 1"),
        (Maximum(&one), Leaf::from(2), "must be at most 1, is 2"),
        (ExclusiveMaximum(&one), Leaf::from(1_i64), "must be below 1, is 1"),
        (
            MultipleOf(&five),
            Leaf::from(u64::MAX - 1),
            "must be a multiple of 5, is 18446744073709551614",
        ),
        (MinLength(1), Leaf::from(""), "must have at least 1 character, has 0"),
        (MaxLength(2), Leaf::from("secret"), "must have at most 2 characters, has 6"),
        (Format(date), Leaf::from("secret"), "must be of the format `date`"),
        (Type(Types::INTEGER), Leaf::Number(Decimal::new(15, -1)), "must be an integer, is 1.5"),
        (Type(Types::STRING), Leaf::from(1), "must be a string, is a number"),
        (Type(Types::NULL), Leaf::from("secret"), "must be null, is a string"),
        (Const(&Text("a\"b")), Leaf::from("secret"), r#"must be "a\"b""#),
        (Enum(&[int(1), Text("a")]), Leaf::from("secret"), r#"must be one of 1, "a""#),
        (MinItems(1), Leaf::Array(0), "must have at least 1 item, has 0"),
        (MaxProperties(1), Leaf::Object(2), "must have at most 1 property, has 2"),
        (Never, Leaf::from(true), "is not allowed"),
    ] {
        let mut found = Vec::new();
        check_leaf(&[rule], leaf, &mut |violation| found.push(violation));
        assert_eq!(found.len(), 1, "{rule:?}");
        assert_eq!((found[0].keyword, &*found[0].message), (rule.keyword(), message));
        assert_eq!(evaluate(&Schema(&[rule]), &[], leaf).unwrap_err().to_string(), message);
        assert_eq!(check(&[rule], &literal(leaf)), message);
    }
}

/// A value as large as a leaf says.
fn literal(leaf: Leaf<'static>) -> Literal<'static> {
    match leaf {
        Leaf::Null => Null,
        Leaf::Bool(flag) => Literal::Bool(flag),
        Leaf::Number(number) => Number(number),
        Leaf::String(text) => Text(text),
        Leaf::Array(count) => Array(&[Null; 2][..count]),
        Leaf::Object(count) => Object(&[("a", Null), ("b", Null)][..count]),
    }
}

#[test]
fn what_is_at_its_limit_is_valid_where_the_limit_is_among_the_values() {
    let one = Decimal::new(1, 0);
    for (rule, leaf, is_right) in [
        (Minimum(&one), Leaf::from(1), true),
        (Maximum(&one), Leaf::from(1), true),
        (ExclusiveMinimum(&one), Leaf::Number(Decimal::new(11, -1)), true),
        (ExclusiveMaximum(&one), Leaf::Number(Decimal::new(9, -1)), true),
        (Minimum(&one), Leaf::Number(Decimal::new(10, -1)), true),
        (Maximum(&one), Leaf::Number(Decimal::new(11, -1)), false),
        (Minimum(&one), Leaf::Number(Decimal::new(9, -1)), false),
        (MinItems(1), Leaf::Array(1), true),
        (MaxItems(1), Leaf::Array(1), true),
        (MaxItems(1), Leaf::Array(2), false),
        (MinProperties(1), Leaf::Object(1), true),
        (MaxProperties(1), Leaf::Object(1), true),
        (MinProperties(2), Leaf::Object(1), false),
        (ExclusiveMaximum(&one), Leaf::from(1), false),
        (Never, Leaf::from(1), false),
        // What is of another type is valid.
        (Minimum(&one), Leaf::Null, true),
        (MaxLength(0), Leaf::Array(1), true),
        (MaxItems(0), Leaf::from("a"), true),
        (MaxProperties(0), Leaf::Array(1), true),
    ] {
        assert_eq!(is_valid_leaf(&[rule], &leaf), is_right, "{rule:?} {leaf:?}");
        assert_eq!(check(&[rule], &literal(leaf)).is_empty(), is_right, "{rule:?} {leaf:?}");
    }
}

#[test]
fn a_list_shows_its_values_as_json_has_them_and_no_more_than_50() {
    let only = Object(&[("a", Array(&[int(1), Text("b")])), ("\"\u{1}\n", Null)]);
    assert_eq!(check(&[Const(&only)], &Null), r#"must be {"a":[1,"b"],"\"\u0001\n":null}"#);
    let values: Vec<_> = (0..53).map(int).collect();
    for (count, end) in [(50, "48, 49"), (51, "49 and 1 more"), (53, "49 and 3 more")] {
        let message = check(&[Enum(&values[..count])], &Null);
        assert!(message.ends_with(end), "{message}");
    }
}

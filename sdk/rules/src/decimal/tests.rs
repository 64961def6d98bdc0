use std::collections::HashSet;

use super::Decimal;

fn number(text: &str) -> Decimal<'_> {
    Decimal::parse(text).unwrap_or_else(|| panic!("{text} is no number"))
}

/// Numbers from the smallest to the largest, each in all its spellings.
const ASCENDING: [&[&str]; 17] = [
    &["-1e1000000000000", "-0.1e1000000000001"],
    &["-1000000000000000000000000000000000000000000000000", "-1e48"],
    &["-12.5", "-125e-1", "-12.50"],
    &["-1e-999999999999"],
    &["0", "-0", "0.0", "0e99999999999999", "-0.00e-7"],
    &["1e-999999999999", "10e-1000000000000"],
    &[
        "1",
        "1.0",
        "1e0",
        "1e-00",
        "10e-1",
        "0.1E+1",
        "1.00000000000000000000000000000000000000000000",
    ],
    &["1.00000000000000000000000000000000000000000001"],
    &["9007199254740993"],
    &["9007199254740994", "9007199254740994.0"],
    &["340282366920938463463374607431768211455"],
    &["340282366920938463463374607431768211456", "340282366920938463463374607431768211456.0"],
    &["1000000000000000000000000000000000000000000000000", "1e48"],
    &["1000000000000000000000000000000000000000000000001"],
    &["1e999999999"],
    &["1.5e999999999", "15e999999998"],
    &["1e1000000000000"],
];

#[test]
fn numbers_of_any_length_compare_by_value() {
    for (a_index, spellings) in ASCENDING.iter().enumerate() {
        for (b_index, others) in ASCENDING.iter().enumerate() {
            for (a, b) in spellings.iter().flat_map(|a| others.iter().map(move |b| (a, b))) {
                assert_eq!(number(a).cmp(&number(b)), a_index.cmp(&b_index), "{a} and {b}");
            }
        }
        let distinct: HashSet<_> = spellings.iter().map(|text| number(text)).collect();
        assert_eq!(distinct.len(), 1, "{spellings:?}");
    }
}

#[test]
fn only_numbers_of_json_are_numbers() {
    for text in ["", "-", "01", "+1", "1.", ".1", "1e", "1e+", "1_0", "0x1", "NaN", "1e1.0", "٣"] {
        assert!(Decimal::parse(text).is_none(), "{text}");
    }
    assert!(Decimal::parse(&format!("1e{}", "9".repeat(30))).is_some());
    assert!(Decimal::parse(&format!("1e{}", "9".repeat(31))).is_none());
    assert!(Decimal::parse(&format!("1e{}", "0".repeat(100))).is_some());
}

#[test]
fn an_integer_has_no_fraction_however_it_is_written() {
    for text in ["0", "1.0", "1.50e1", "1e999999999", "0e-5", "1200e-2", "1e48", "-3.00"] {
        assert!(number(text).is_integer(), "{text}");
    }
    for text in ["0.5", "1e-1", "1e-999999999", "1234567890123456789012345678901234567890.5"] {
        assert!(!number(text).is_integer(), "{text}");
    }
}

#[test]
fn multiples_are_exact() {
    let long = "1234567890123456789012345678901234567890123";
    let twice = "2469135780246913578024691357802469135780246";
    for (value, step) in [
        ("0.3", "0.1"),
        ("0.0075", "0.0001"),
        ("1e308", "0.5"),
        ("1e999999999", "1024"),
        ("1e3", "8"),
        ("1e999999999", "8"),
        ("1e999999999999999999999999", "633825300114114700748351602688"),
        // Ten times the remainder of this step does not fit.
        ("400000000000000000000000000000000000002", "200000000000000000000000000000000000001"),
        ("1e999999999", "1e999999998"),
        ("0", "1e300"),
        ("-4.5", "1.5"),
        ("1", "1e-2000000000"),
        (twice, long),
        (twice, "2"),
        ("1e200", "10000000000000000000000000000000000000000000000000000000000000000000000"),
    ] {
        assert!(number(value).is_multiple_of(&number(step)), "{value} of {step}");
    }
    for (value, step) in [
        ("0.00751", "0.0001"),
        ("1e308", "0.123456789"),
        ("1e999999999", "3"),
        ("1e-300", "1e300"),
        ("1", "3e-2000000000"),
        ("1", "0"),
        (long, twice),
        ("1234567890123456789012345678901234567890124", long),
        ("35", "10"),
    ] {
        assert!(!number(value).is_multiple_of(&number(step)), "{value} of {step}");
    }
}

#[test]
fn a_double_is_the_decimal_that_json_writes() {
    for (double, text) in [
        (0.1, "0.1"),
        (-12.5, "-12.5"),
        (0.0075, "0.0075"),
        (1e15, "1000000000000000"),
        (1e300, "1e300"),
        (0.0, "0"),
    ] {
        assert_eq!(Decimal::of(double).unwrap().to_string(), text);
        assert!((number(text).to_f64() - double).abs() < f64::EPSILON * double.abs().max(1.0));
    }
    assert_eq!(Decimal::of(f64::NAN), None);
    assert_eq!(Decimal::of(f64::INFINITY), None);
    assert!(number("1e999999999").to_f64().is_infinite());
}

#[test]
fn a_whole_number_that_fits_is_had_as_one() {
    for (text, whole) in [
        ("-7", Some(-7)),
        ("1.20e2", Some(120)),
        ("-0.0", Some(0)),
        ("170141183460469231731687303715884105727.0", Some(i128::MAX)),
        ("-170141183460469231731687303715884105728.0", Some(i128::MIN)),
        ("170141183460469231731687303715884105728", None),
        ("1e38", Some(10_i128.pow(38))),
        ("1e39", None),
        ("1e999999999", None),
        ("1e99999999999999999999", None),
        ("0.5", None),
        ("1e-99999999999999999999", None),
    ] {
        assert_eq!(number(text).to_i128(), whole, "{text}");
    }
    assert_eq!(Decimal::from(i128::MIN).parts(), Some((i128::MIN, 0)));
    assert_eq!(Decimal::new(-5, 2).parts(), Some((-5, 2)));
}

#[test]
fn a_long_number_is_shown_by_its_start() {
    for (count, shown) in [(60, ""), (61, "… (61 characters)"), (5000, "… (5000 characters)")] {
        let digits = "7".repeat(count);
        assert_eq!(number(&digits).to_string(), format!("{}{shown}", "7".repeat(60)));
    }
    for (exponent, shown) in
        [(20, "1200"), (21, "12e21"), (-3, "0.012"), (-20, "0.0"), (-21, "12e-21")]
    {
        assert!(Decimal::new(12, exponent).to_string().starts_with(shown), "{exponent}");
    }
    assert_eq!(Decimal::new(-12, -1).to_string(), "-1.2");
    assert!(size_of::<Decimal<'_>>() <= 24);
}

#[test]
fn whether_a_number_is_written_in_digits_alone_is_kept() {
    for text in ["0", "-7", "1234567890123456789012345678901234567890"] {
        assert!(Decimal::parse(text).unwrap().is_in_digits(), "{text}");
    }
    let long = "1234567890123456789012345678901234567890.0";
    for text in ["0.0", "7.0", "1e0", "1.5e1", "10e-1", "1e30", "0.5", "9007199254740992.0", long] {
        assert!(!Decimal::parse(text).unwrap().is_in_digits(), "{text}");
    }
    let five = Decimal::from(5).with_point();
    assert_eq!((five, five.to_string()), (Decimal::from(5), "5.0".to_owned()));
    assert_eq!(Decimal::parse("1.5e1"), Some(Decimal::from(15)));
}

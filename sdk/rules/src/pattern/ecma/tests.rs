//! What patterns become, and which are refused.

use std::ops::RangeInclusive;

use super::is_regex;

/// Two properties are known here, of which one has no characters.
fn characters_of(name: &str) -> Option<Vec<RangeInclusive<char>>> {
    match name {
        "Script=Few" => Some(vec!['\0'..='\0', 'b'..='\u{D7FF}', '\u{E001}'..='\u{10FFFE}']),
        "None" => Some(Vec::new()),
        _ => None,
    }
}

fn translate_pattern(source: &str) -> Result<String, String> {
    super::translate_pattern(source, &characters_of)
}

#[test]
fn meanings_that_differ_are_spelt_out() {
    for (source, translated) in [
        (r"^\d+$", "^[0-9]+$"),
        (r"^\W", "^[^0-9A-Za-z_]"),
        ("a.c", r"a[^\n\r\u{2028}\u{2029}]c"),
        ("[a-z\\d-]", r"[a-z0-9\u{2D}]"),
        ("[^]", r"[\u{0}-\u{10FFFF}]"),
        (r"\cA\x41\u0042\u{43}", r"\u{1}ABC"),
        (r"\t\n\v\f\r\0", r"\u{9}\u{A}\u{B}\u{C}\u{D}\u{0}"),
        ("(?<year>[0-9]{4})-(?:x|y)??", r"(?:[0-9]{4})\u{2D}(?:x|y)??"),
        ("[[&&b]", r"[\u{5B}\u{26}\u{26}b]"),
        (r"\/#~", r"\u{2F}\u{23}\u{7E}"),
        (r"\ud83d\ude00\u00410", "😀A0"),
        (
            r"^(?!@@|\d)(?=.)[@\w]+$",
            r"^(?!\u{40}\u{40}|[0-9])(?=[^\n\r\u{2028}\u{2029}])[\u{40}0-9A-Za-z_]+$",
        ),
        (r"a(?<!b)(?<=c|d)$", "a(?<!b)(?<=c|d)$"),
        (r"^((\.(?!\.)\/)?a)+", r"^(?:(?:\u{2E}\u{2F})?a)+"),
        (r"(?!b)[a-c]|(?=\w)[^b-y_]", "[ac]|[0-9A-Zaz]"),
        (r"(?!\d)(?=[0-8])[\t7-9]x(?!b)b", r"[^\u{0}-\u{10FFFF}]"),
        (r"^P(?!$|T$)\w+$", r"^(?!P(?:$|T$))P[0-9A-Za-z_]+$"),
        (r"x(?=\d|b)(ab|c?b|1)?\w*$", "x(?:[0-9b][0-9A-Za-z_]*$|(?:b|1)[0-9A-Za-z_]*$)"),
        (r"x(?=a)a{2,3}[ab]?", "xa{2,3}[ab]?"),
        (r"x(?=a)[ab]{2,3}$|a(?!b)", r"x[a][ab]{1,2}$|a(?:[\u{0}-ac-\u{10FFFF}]|$)"),
        (r"^(T(?=\d)(\d+H)?(\d+M)?)??$", "^(?:T(?:[0-9]+M|[0-9]+H(?:[0-9]+M)?))??$"),
        ("^{a,b}]$", r"^\u{7B}a\u{2C}b\u{7D}\u{5D}$"),
        (r"\p{Script=Few}", r"[\u{0}b-\u{D7FF}\u{E001}-\u{10FFFE}]"),
        (r"\P{Script=Few}", r"[^\u{0}b-\u{D7FF}\u{E001}-\u{10FFFE}]"),
        (r"[^\P{Script=Few}c]", r"[^\u{1}-a\u{E000}\u{10FFFF}c]"),
        (
            r"[\p{None}]\p{None}\P{None}",
            r"[^\u{0}-\u{10FFFF}][^\u{0}-\u{10FFFF}][\u{0}-\u{10FFFF}]",
        ),
    ] {
        assert_eq!(translate_pattern(source).as_deref(), Ok(translated), "{source}");
    }
}

#[test]
fn what_takes_a_backtracking_engine_or_is_no_pattern_is_refused() {
    for source in [
        "^(?!a)b|c",
        "^(?!a(?!b))",
        "^(?!a)+b",
        "(?!bc)",
        "a(?!bc)d",
        "^a?(?!bc)d",
        "^(a(?!bc)d)",
        "^a(?!bc)d|e",
        "(a(?!b))*c",
        "(a(?!b)|d)c",
        r"a(?!b)\bc",
        "a(?=b)(c?)d",
        "^(?!a",
        "(?<=a)",
        "(?<!a)",
        "(?<!a)b$",
        "a|b(?<!c)$",
        "((?<!a)$)",
        r"(a)\1",
        r"(?<n>a)\k<n>",
        "(a",
        "a)",
        "[a",
        "[b-a]",
        "*a",
        "^*",
        "a{2,1}",
        "a{x}",
        "a{1001}",
        r"\p{L}",
        r"\p{none}",
        r"\pL",
        r"\B",
        "\\",
        r"\u{110000}",
        r"\u+041",
        r"\x+1",
        r"\u{+41}",
        r"\ud83d",
        r"\ud83dx",
        "a{+2}",
        "{1,2}",
        "(?i)a",
        r"[\d-z]x(",
        &"(".repeat(40),
    ] {
        assert!(translate_pattern(source).is_err(), "{source}");
    }
}

#[test]
fn a_brace_that_repeats_nothing_is_itself_but_not_in_the_grammar_of_unicode_mode() {
    for source in ["^{", "a|}", "]{2}", "({.+}})"] {
        assert!(translate_pattern(source).is_ok() && !is_regex(source), "{source}");
    }
}

#[test]
fn a_property_need_not_be_known_where_nothing_is_matched() {
    assert!(is_regex(r"^\p{L}[\P{Script=Greek}]$"));
    assert!(!is_regex(r"\p{L") && !is_regex(r"\pL") && !is_regex(r"\p{a-b}"));
}

#[test]
fn groups_and_repetitions_have_limits() {
    let nested = |levels| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
    assert!(translate_pattern(&nested(31)).is_ok());
    let why = translate_pattern(&nested(32)).unwrap_err();
    assert_eq!(why, "groups are nested deeper than 32 levels");
    assert!(is_regex(&nested(199)) && !is_regex(&nested(200)));
    assert!(translate_pattern("a{1000}").is_ok());
    let why = translate_pattern("a{1001}").unwrap_err();
    assert_eq!(why, "`{1001}` repeats more than 1000 times");
    assert!(is_regex("a{1001}"));
}

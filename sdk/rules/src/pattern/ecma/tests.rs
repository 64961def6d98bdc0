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
        (r"^\D[\D]", r"^[^0-9][\u{0}-\u{2F}\u{3A}-\u{10FFFF}]"),
        (
            r"\s",
            concat!(
                r"[\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}",
                r"\u{202F}\u{205F}\u{3000}\u{FEFF}]"
            ),
        ),
        (r"x(?=a)a{2,}", "xa{2,}"),
        (r"x(?=a|$)(a|$)", "x(?:a|$)"),
        (r"x(?!a)$", "x$"),
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
        (r"x(?=\d)((\d)a|b)$", "x[0-9]a$"),
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
    const AHEAD: &str = "looks ahead, which only works behind the first `^` and characters whose number is known, \
        or at one character, where it is plain what comes next";
    const BEHIND: &str = "looks behind, which only works right before a `$` at the end";
    const AROUND: &str = "looks around in one of several alternatives; put these into `(?:…)`";
    const BACK: &str = "refers back, which takes a backtracking engine";
    for (source, what, why) in [
        ("^(?!a)b|c", "`(?!` ", AROUND),
        ("^(?!a(?!b))", "`(?!` ", AHEAD),
        ("(?!bc)", "`(?!` ", AHEAD),
        ("a(?!bc)d", "`(?!` ", AHEAD),
        ("^a?(?!bc)d", "`(?!` ", AHEAD),
        ("^(a(?!bc)d)", "`(?!` ", AHEAD),
        ("^a(?!bc)d|e", "`(?!` ", AROUND),
        ("(a(?!b))*c", "`(?!` ", AHEAD),
        ("(a(?!b)|d)c", "`(?!` ", AHEAD),
        (r"a(?!b)\bc", "`(?!` ", AHEAD),
        ("a(?=b)(c?)d", "`(?=` ", AHEAD),
        ("(?<=a)", "`(?<=` ", BEHIND),
        ("(?<!a)", "`(?<!` ", BEHIND),
        ("(?<!a)b$", "`(?<!` ", BEHIND),
        ("a|b(?<!c)$", "`(?<!` ", AROUND),
        ("((?<!a)$)", "`(?<!` ", BEHIND),
        (r"(a)\1", r"`\1` ", BACK),
        (r"\12b", r"`\1` ", BACK),
        (r"(?<n>a)\k<n>", r"`\k` ", BACK),
        (r"\k", r"`\k` ", BACK),
        ("^(?!a)+b", r"`+` repeats nothing; write `\+` for the character", ""),
        ("^(?!a", "`(` is not closed", ""),
        ("(a", "`(` is not closed", ""),
        ("a)", "`)` closes nothing", ""),
        ("[a", "`[` is not closed", ""),
        ("[b-a]", "the range from `b` to `a` runs backwards", ""),
        ("*a", r"`*` repeats nothing; write `\*` for the character", ""),
        ("^*", "`*` repeats nothing", ""),
        ("a{2,1}", "`{2,1}` ends before it begins", ""),
        ("a{x}", r"`{x}` is no number of times; write `\{` for the character", ""),
        ("a{+2}", r"`{+2}` is no number of times; write `\{` for the character", ""),
        ("a{1,x}", r"`{1,x}` is no number of times; write `\{` for the character", ""),
        ("a{1", "`{` is not closed", ""),
        ("{1,2}", r"`{` repeats nothing; write `\{` for the character", ""),
        (r"\p{L}", "`L` is no property of characters in ECMA-262", ""),
        (r"\p{none}", "`none` is no property of characters in ECMA-262", ""),
        (r"\pL", r"`\p` wants a property in braces, such as `{Letter}`", ""),
        (r"\B", r"`\B` is not supported", ""),
        (r"[\B]", r"`\B` is not supported", ""),
        (r"\", r"`\` escapes nothing", ""),
        (r"\u{110000}", "`110000` is no character's number", ""),
        (r"\u+041", "`+041` is no character's number", ""),
        (r"\x+1", "`+1` is no character's number", ""),
        (r"\u{+41}", "`+41` is no character's number", ""),
        (r"\ud83d", "`d83d` is no character's number", ""),
        (r"\ud83dx", "`d83d` is no character's number", ""),
        ("(?i)a", "`(?` begins no group of ECMA-262", ""),
        (r"[\d-z]x(", "`(` is not closed", ""),
    ] {
        assert_eq!(translate_pattern(source), Err(format!("{what}{why}")), "{source}");
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

use super::Format;

#[test]
fn a_format_has_the_name_that_it_is_found_by() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(*format));
    }
    assert_eq!(Format::from_name("phone"), None);
}

#[test]
fn a_format_that_is_not_compiled_in_names_the_feature_that_it_takes() {
    for (name, feature, is_on) in [
        ("idn-email", "idn", cfg!(feature = "idn")),
        ("idn-hostname", "idn", cfg!(feature = "idn")),
        ("uri", "uri", cfg!(feature = "uri")),
        ("iri-reference", "uri", cfg!(feature = "uri")),
    ] {
        assert_eq!(Format::from_name(name).is_some(), is_on, "{name}");
        assert_eq!(Format::missing_feature(name), (!is_on).then_some(feature), "{name}");
    }
    assert_eq!((Format::missing_feature("date"), Format::missing_feature("phone")), (None, None));
}

#[track_caller]
fn check(format: Format, right: &[&str], wrong: &[&str]) {
    for text in right {
        assert!(format.matches(text), "{text:?} is a {}", format.name());
    }
    for text in wrong {
        assert!(!format.matches(text), "{text:?} is no {}", format.name());
    }
}

#[test]
fn dates_and_times_are_those_of_rfc_3339() {
    let (right, wrong) = (
        ["2024-02-29", "2000-02-29", "2024-12-31", "2024-04-30"],
        [
            "2024-02-30",
            "2024-04-31",
            "2024-12-32",
            "2024-12-31-",
            "2023-02-29",
            "1900-02-29",
            "2024-4-1",
            "2024-13-01",
            "2024-00-01",
            "2024-01-00",
            "２024-01-01",
            "",
        ],
    );
    check(Format::Date, &right, &wrong);
    let (right, wrong) = (
        ["08:30:06Z", "08:30:06.283185z", "23:59:60Z", "01:29:60+01:30", "00:00:00-23:59"],
        [
            "24:00:00Z",
            "08:30:06",
            "08:30Z",
            "23:59:61Z",
            "22:59:60Z",
            "08:30:06.Z",
            "08:30:06+1:00",
            "08:30:06+24:00",
            "08:30:06+23:60",
            "08:60:06Z",
            "08:30:6Z",
            "08:30:06:07Z",
            "08:30:06.1.2Z",
            "08:30:06+08",
        ],
    );
    check(Format::Time, &right, &wrong);
    check(
        Format::DateTime,
        &["2024-02-29T08:30:06Z", "2024-02-29t08:30:06+08:00"],
        &["2024-02-29", "2024-02-29 08:30:06Z", "2023-02-29T08:30:06Z"],
    );
    let (right, wrong) = (
        ["P1Y", "P4DT12H30M5S", "P1M2D", "P2W", "PT36H", "PT1H5M", "P1Y2M3DT4H5M6S"],
        [
            "P1H", "P1W2D", "P1DT", "PT1W", "P2D1YT1H", "P1DT1S1H", "P", "PT", "P1", "1Y", "P1YT",
            "P2D1Y", "P1Y2W", "P1Y2D", "PT1H5S", "PT1D", "P٢Y", "P1.5Y", "PW",
        ],
    );
    check(Format::Duration, &right, &wrong);
}

#[test]
fn an_instant_is_the_same_in_every_zone_over_the_end_of_every_month() {
    for year in [1900, 2000, 2023, 2024] {
        for month in 1..=12 {
            let at = |text: String| super::moment::instant(&text).map(|it| (it.0, it.1));
            let last =
                (28..=31).rfind(|day| Format::Date.matches(&format!("{year}-{month:02}-{day}")));
            let last = at(format!("{year}-{month:02}-{}T23:30:07Z", last.unwrap()));
            let (year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            assert_eq!(last, at(format!("{year}-{next:02}-01T00:30:07+01:00")), "{year} {next}");
            assert!(last.is_some() && last < at(format!("{year}-{next:02}-01T00:29:08+00:59")));
        }
    }
}

#[test]
fn addresses_and_names_are_what_mail_and_the_net_take() {
    check(
        Format::Hostname,
        &["a", "www.example.com", "a-b.c1", &"a".repeat(63), &"a.".repeat(127)[..253]],
        &["", "-a", "a-", "a..b", "a_b", "é", &"a".repeat(64), &"ab.".repeat(85)[..254]],
    );
    check(
        Format::Email,
        &[
            "joe.bloggs@example.com",
            "\"a b\"@example.com",
            "te~st@example.com",
            "a@[127.0.0.1]",
            "a@[IPv6:::1]",
            "\"\\\"~ \"@example.com",
            &format!("{}@a", "a".repeat(64)),
        ],
        &[
            &format!("{}@a", "a".repeat(65)),
            "\"a\\\"@example.com",
            "\"\u{1f}\"@example.com",
            "\"\u{7f}\"@example.com",
            "\"@example.com",
            "a",
            ".a@example.com",
            "a..b@example.com",
            "a@b@c",
            "a@[127.0.0.300]",
            "a@[IPv6:1]",
            "é@example.com",
            "\"a\"b\"@example.com",
        ],
    );
    check(Format::Ipv4, &["127.0.0.1"], &["127.0.0", "256.0.0.1", "01.0.0.1", "0x7f.0.0.1"]);
    check(
        Format::Ipv6,
        &["::1", "1:2::3", "::ffff:1.2.3.4"],
        &["1::2::3", ":1", "fe80::1%eth0", "12345::"],
    );
    check(
        Format::Uuid,
        &["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
        &["2eb8aa08-aa98-11ea-b4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"],
    );
}

#[cfg(feature = "uri")]
#[test]
fn uris_may_be_relative_or_international_only_where_the_format_says_so() {
    check(
        Format::Uri,
        &["http://a.b/c?d#e", "urn:a:b", "mailto:a@b"],
        &["/a", "//a", "a", "http://a b", "http://a/é", "a:%zz"],
    );
    check(Format::UriReference, &["/a", "a", "#a", "", "http://a"], &["\\a", "/é", "a b"]);
    check(Format::Iri, &["http://ƒøø.ßår/?∂éœ"], &["/é", "http://a b"]);
    check(Format::IriReference, &["/é", "#ƒ"], &["\\é"]);
    check(Format::UriTemplate, &["/a/{b}{?c,d*}", "{+e:3}"], &["/a/{b", "{}", "a}"]);
}

#[test]
fn pointers_escape_what_they_must() {
    check(Format::JsonPointer, &["", "/", "/a/0", "/~0~1", "//"], &["a", "/~", "/~2", "#/a"]);
    check(
        Format::RelativeJsonPointer,
        &["0", "1/a", "0#", "12"],
        &["", "/a", "-1/a", "01/a", "1a", "0##"],
    );
}

#[cfg(feature = "pattern")]
#[test]
fn regular_expressions_are_those_of_ecma_262() {
    check(
        Format::Regex,
        &[
            r"^\S(|(.|\n)*\S)$",
            "(?=a)(?!b)(?<=c)(?<!d)",
            r"(?<year>\d{4})\k<year>",
            r"\p{Script=Greek}",
            r"[\d]?",
            r"[a-z\-\b]",
            r"[a-\x7a\ud800-\udfff]",
            r"a{99999999999999999999}",
            r"a{2}b{2,}c{2,3}?",
            r"\u{1F600}\u00e9\x41\cA\0",
            "[^]",
            "[]",
            "",
        ],
        &[
            "^(abc]",
            r"\Z",
            r"\a",
            "a**",
            "a{2,1}",
            "a{x}",
            "{",
            "}",
            "]",
            "(",
            ")",
            "[",
            "(?a)",
            "(?<1>a)",
            "[b-a]",
            r"\",
            r"[\d-z]",
            r"\-",
            r"[z-\x61]",
            r"\u{110000}",
            r"\u00",
            r"\x4",
            r"\c1",
            r"\p{}",
            r"\00",
            "^*",
            "(?=a)*",
            r"\k<",
            "(?:",
            &"(".repeat(9999),
        ],
    );
}

#[cfg(feature = "idn")]
#[test]
fn international_names_keep_the_rules_of_their_scripts() {
    check(
        Format::IdnHostname,
        &[
            "실례.테스트",
            "l·l",
            "α͵β",
            "א׳ב",
            "ア・イ",
            "example.com",
            "xn--ihqwcrb4cv8a8dqg056pqjye",
        ],
        &["〮실례", "l·", "α͵", "׳ב", "def・abc", "ア〱", "-é", "é-", "a b", "ـߺ", "٠۰", ""],
    );
    check(
        Format::IdnEmail,
        &["실례@실례.테스트", "a@example.com", "é.b@[127.0.0.1]"],
        &["실례", "é b@c", "é..é@c", "é@-"],
    );
}

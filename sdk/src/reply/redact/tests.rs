//! What is left of a text when everything secret is taken out.

use super::*;
use crate::endpoint::Method;

const LOG_IN: &Operation = &Operation::new("logIn", Method::Post, "/login").secrets(&["password"]);

fn shown(text: &str) -> String {
    Redactor::new(LOG_IN).message(text)
}

#[test]
fn known_secrets_are_masked_wherever_they_stand() {
    let known = KnownSecrets::new(Some("S3C".into()));
    known.remember(&"T0K".into());
    let (sent, earlier) = ("T1K".into(), ["T2K".into()]);
    let redactor = Redactor::new(LOG_IN).token(Some(&sent)).known(&known, &earlier);
    assert_eq!(redactor.message("a T0K b S3C c T1K T2KT0K"), "a *** b *** c *** ******");
    assert_eq!(redactor.message("t0k"), "t0k", "a short one as it is");
}

#[test]
fn who_reads_a_reply_without_a_service_does_not_see_the_token_either() {
    let body = r#"{"errcode":40001,"errmsg":"T0K/1 is not the latest"}"#;
    let read = crate::reply::read_reply::<crate::generated::GetCouponPlacement>;
    let error = read(body.into(), &"T0K/1".into()).unwrap_err();
    assert_eq!(error.service_message(), Some("*** is not the latest"));
}

#[test]
fn a_secret_is_masked_whether_a_text_escapes_it_or_it_looks_like_an_escape() {
    let known = KnownSecrets::new(Some("S3C-1".into()));
    known.remember(&r"a%41\u0042%".into());
    let redactor = Redactor::new(LOG_IN).known(&known, &[]);
    for text in
        ["%53%33C%2d1", r"\u00533\u0043-1", r"a%41\u0042%", "a%2541%5Cu0042%25", "100% S3C-1"]
    {
        let shown = redactor.message(text);
        assert_eq!(shown.trim_start_matches("100% "), "***", "{text}");
    }
}

#[test]
fn values_of_secret_properties_are_masked_by_name() {
    assert_eq!(shown(r#"{"password":"a b","n":1}"#), r#"{"password":"***","n":1}"#);
    assert_eq!(shown("/x?access_token=abc&y=1"), "/x?access_token=***&y=1");
    assert_eq!(shown(r#"{\"secret\":\"abc\"}"#), r#"{\"secret\":\"***\"}"#);
    assert_eq!(shown(r#"{"pass\u0077ord":"abc"}"#), r#"{"password":"***"}"#);
}

#[test]
fn the_secrets_of_a_request_are_masked_in_a_text_that_does_not_name_them() {
    let request = serde_json::json!({ "user": "ada", "password": "a \"b\"/c" });
    let request = Outgoing::write(LOG_IN, &request).unwrap();
    let redactor = Redactor::new(LOG_IN).request(&request);
    assert_eq!(redactor.message("ada's `a \"b\"/c` is wrong"), "ada's `***` is wrong");
    assert_eq!(redactor.message(r#"string "a \"b\"/c""#), r#"string "***""#);
    assert_eq!(redactor.message(r#"{"said":"a \"b\"\/c"}"#), r#"{"said":"***"}"#);
    assert_eq!(redactor.message("?x=a+%22b%22%2Fc"), "?x=***");
}

#[test]
fn the_secrets_of_a_reply_are_masked_in_what_is_said_about_it() {
    let reply = br#"{"data":{"password":"hunter2","n":{}}}"#;
    let redactor = Redactor::new(LOG_IN).reply(reply);
    assert_eq!(redactor.message("unknown variant `hunter2`"), "unknown variant `***`");
    assert_eq!(redactor.excerpt(reply), r#"{"data":{"password":"***","n":{}}}"#);
}

#[test]
fn secrets_that_overlap_show_nothing_of_each_other() {
    let known = KnownSecrets::new(Some("abc+def".into()));
    for (token, text, shown) in [
        ("abc", "abc+def abc", "*** ***"),
        ("c+d", "abc+def c+d", "*** ***"),
        ("+def+g", "abc+def+g", "***"),
        ("xabc", "xabc+def", "***"),
    ] {
        let token = token.into();
        let redactor = Redactor::new(LOG_IN).token(Some(&token)).known(&known, &[]);
        assert_eq!(redactor.message(text), shown, "{text}");
    }
}

#[test]
fn the_beginning_of_a_secret_that_was_cut_off_is_masked() {
    let tokens = ["92_Abc/Def+Ghi=JKL".into(), "92_Abc/Dxyz".into()];
    let known = KnownSecrets::default();
    let redactor = Redactor::new(LOG_IN).known(&known, &tokens);
    for (text, shown) in [
        ("invalid 92_Abc/Def+Gh...", "invalid ***"),
        ("invalid 92_Abc/D…", "invalid ***"),
        ("neither 92_Abc/Dxyz nor 92_Abc/D", "neither *** nor ***"),
        // A third one, which begins alike.
        ("invalid 92_Abc/Dunknown.", "invalid ***"),
        ("?t=92_Abc%2FDef%2BG", "?t=***"),
        ("?t=92_Abc%2fDef%2bGhi%3dJKL&n=1", "?t=***&n=1"),
        (r"'92_Abc\/Def+'", "'***'"),
        (r#"{"92_Abc/Def\u002bGhi=J":1}"#, r#"{"***":1}"#),
        ("<b>92_Abc/Def&plus;Ghi</b>", "<b>***</b>"),
        ("shop 92_Abc is closed", "shop 92_Abc is closed"),
        ("closed: 92_Abc", "closed: 92_Abc"),
    ] {
        assert_eq!(redactor.message(text), shown, "{text}");
    }
}

#[test]
fn a_secret_that_is_a_url_hides_no_other_url() {
    let hook = "https://hooks.example/k3y".into();
    let redactor = Redactor::new(LOG_IN).token(Some(&hook));
    for (text, shown) in [
        ("see https://docs.example/a", "see https://docs.example/a"),
        ("see HTTPS://docs.example/a", "see HTTPS://docs.example/a"),
        ("to=https%3A%2F%2Fdocs.example", "to=https%3A%2F%2Fdocs.example"),
        ("cannot reach https://hooks.example/k3y", "cannot reach ***"),
        ("?to=https%3A%2F%2Fhooks.example%2Fk3y", "?to=***"),
        // What is cut off.
        ("cannot reach https://hooks.ex…", "cannot reach ***"),
        ("see https://hooks", "see https://hooks"),
    ] {
        assert_eq!(redactor.message(text), shown, "{text}");
    }
}

#[test]
fn a_text_is_hidden_where_a_reply_has_more_secrets_than_are_looked_for() {
    for (count, shown) in [(200, "it is *** or 7"), (201, "***")] {
        let secrets: Vec<_> = (0..count).map(|number| format!("\"{number}/\"")).collect();
        let reply = format!(r#"{{"password":[{}]}}"#, secrets.join(","));
        let redactor = Redactor::new(LOG_IN).reply(reply.as_bytes());
        assert_eq!(redactor.message("it is 199/ or 7"), shown, "{count}");
    }
}

#[test]
fn an_excerpt_masks_long_runs_and_keeps_card_ids() {
    let run = "x".repeat(32);
    let body = format!("pBnTrjvZJXkZsPGwfq9F0Hl0WqE {run}");
    assert_eq!(Redactor::new(LOG_IN).excerpt(body.as_bytes()), "pBnTrjvZJXkZsPGwfq9F0Hl0WqE ***");
}

#[test]
fn an_excerpt_is_bounded_and_on_one_line_whatever_the_bytes() {
    let body: Vec<u8> = (0..=255u8).cycle().take(1_000_000).collect();
    let shown = Redactor::new(LOG_IN).excerpt(&body);
    assert!(shown.chars().count() <= EXCERPT + 1);
    assert!(!shown.contains(char::is_control));
}

#[test]
fn of_the_secrets_that_a_text_may_end_within_the_longest_beginning_is_cut() {
    let secrets: Vec<Secret> = ["92_Abc", "A-secret", "bc", "xyxyz"].map(Into::into).into();
    for (text, left) in [
        ("see xyx", "see "),
        ("see 92_A", "see "),
        ("see A", "see "),
        ("see 92_Abc", "see "),
        ("see 92_Ab", "see "),
        ("see xA-s", "see x"),
        ("see c", "see c"),
    ] {
        let mut cut = text.to_owned();
        cut_beginning(&mut cut, &secrets);
        assert_eq!(cut, left, "{text}");
    }
}

#[test]
fn a_text_as_long_as_the_window_is_shown_whole_and_a_longer_one_without_its_last_word() {
    for (length, ends_with) in [(WINDOW, "a b"), (WINDOW + 1, "a ")] {
        let text = " ".repeat(length - 3) + "a b";
        assert!(shown(&text).ends_with(ends_with) && shown(&text).len() <= WINDOW, "{length}");
    }
    assert_eq!(shown(&"a".repeat(WINDOW + 1)), "", "it has no end within the window");
}

#[test]
fn secrets_are_looked_for_in_the_first_64_kilobytes_of_a_reply() {
    let reply = |padding: usize| {
        let pins: Vec<_> = (0..201).map(|number| format!("\"{number}/\"")).collect();
        format!(r#"{{"a":"{}","password":[{}]}}"#, "x".repeat(padding), pins.join(","))
    };
    for (padding, shown) in [(0, MASK), (SEARCHED, "as it is")] {
        let reply = reply(padding);
        let redactor = Redactor::new(LOG_IN).reply(reply.as_bytes());
        assert_eq!(redactor.message("as it is"), shown, "{padding}");
    }
}

#[test]
fn a_secret_at_the_end_of_the_window_does_not_show_its_beginning() {
    for token in ["T0KEN-ABC", "T0K+N/ABC"] {
        let secret = Secret::new(token);
        let redactor = Redactor::new(LOG_IN).token(Some(&secret));
        for shift in 0..10 {
            let masked = " ".repeat(shift) + &format!("{token} ").repeat(WINDOW / 10);
            let shown = redactor.excerpt(format!("{masked}{token}").as_bytes());
            assert!(!shown.contains("T0"), "{shift}: {shown}");
        }
    }
    // Masked, these are so short that the excerpt shows the end of the window.
    let secret = Secret::new(format!("T0{}", "K".repeat(510)));
    let redactor = Redactor::new(LOG_IN).token(Some(&secret));
    for shift in 0..=513 {
        let body = format!("{} ", secret.expose()).repeat(WINDOW / 513 + 2);
        let shown = redactor.excerpt((" ".repeat(shift) + &body).as_bytes());
        assert!(shown.starts_with("***") && !shown.contains('T'), "{shift}: {shown}");
    }
}

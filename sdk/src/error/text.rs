//! Foreign text in our messages: one line, bounded, without secrets.

use crate::secret::Secret;

/// How many characters of a reply an error shows.
const EXCERPT: usize = 160;
/// How many bytes of a reply are looked at to make the excerpt.
const WINDOW: usize = 4096;
/// A run of this many token-like characters is taken for a secret. An application's secret has 32,
/// a token over 100; card ids have 28 and request ids 26, and are worth seeing.
const SUSPICIOUS: usize = 32;
/// The longest message.
const MESSAGE: usize = 2000;

const MASK: &str = "***";

/// Names whose values are secret, wherever they appear.
const NAMES: [&str; 3] = ["access_token", "secret", "refresh_token"];

/// The secrets of a call: foreign text is shown without them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Concealed<'a> {
    pub(crate) token: Option<&'a Secret>,
    pub(crate) secret: Option<&'a Secret>,
}

impl Concealed<'_> {
    /// The beginning of a reply that could not be understood.
    pub(crate) fn excerpt(&self, body: &[u8]) -> String {
        let window = &body[..body.len().min(WINDOW)];
        let text = String::from_utf8_lossy(window);
        // A secret cut off by the window's end would not be known as one.
        let whole = if body.len() > WINDOW { text.trim_end_matches(is_word) } else { &*text };
        shorten(&one_line(&self.message(whole)), EXCERPT)
    }

    /// A text that WeChat or a library wrote, without the known secrets, the values of secret names,
    /// and whatever else looks like a token.
    pub(crate) fn message(&self, text: &str) -> String {
        let known = [self.token, self.secret].into_iter().flatten().map(Secret::expose);
        let text = known
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(secret, MASK));
        mask_runs(&NAMES.iter().fold(text, |text, name| mask_values(&text, name)))
    }
}

/// Foreign text as one line of bounded length.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MESSAGE));
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    shorten(&line, MESSAGE)
}

fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Masks what follows `name` and an equals sign or colon, in any of the usual notations.
fn mask_values(text: &str, name: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = rest.split_at(at + name.len());
        out.push_str(before);
        let value = after.trim_start_matches(is_between);
        let between = &after[..after.len() - value.len()];
        out.push_str(between);
        rest = value;
        if between.contains(['=', ':']) {
            let end = value.find(ends_value).unwrap_or(value.len());
            if end > 0 {
                out.push_str(MASK);
            }
            rest = &value[end..];
        }
    }
    out.push_str(rest);
    out
}

fn mask_runs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        out.push_str(if run >= SUSPICIOUS { MASK } else { &rest[..run] });
        rest = &rest[run..];
        let gap = rest.find(is_word).unwrap_or(rest.len());
        out.push_str(&rest[..gap]);
        rest = &rest[gap..];
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

fn is_between(c: char) -> bool {
    matches!(c, '=' | ':' | '"' | '\'' | '\\' | ' ' | '[' | '{' | '(')
}

fn ends_value(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '&' | '"' | '\'' | '\\' | '<' | '>' | ',' | '}' | ';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_secrets_are_masked_wherever_they_stand() {
        let token = Secret::new("T0K");
        let secret = Secret::new("S3C");
        let concealed = Concealed { token: Some(&token), secret: Some(&secret) };
        assert_eq!(concealed.message("a T0K b S3C c T0K"), "a *** b *** c ***");
    }

    #[test]
    fn values_of_secret_names_are_masked_in_every_notation() {
        let shown = |text| Concealed::default().message(text);
        assert_eq!(shown("/x?access_token=abc&y=1"), "/x?access_token=***&y=1");
        assert_eq!(
            shown(r#"{"access_token": "abc", "n": 1}"#),
            r#"{"access_token": "***", "n": 1}"#
        );
        assert_eq!(shown(r#"{\"secret\":\"abc\"}"#), r#"{\"secret\":\"***\"}"#);
        assert_eq!(shown("access_token missing rid: 1-2"), "access_token missing rid: 1-2");
        assert_eq!(shown(r#"{"access_token":["abc"]}"#), r#"{"access_token":["***"]}"#);
        assert_eq!(shown("access_token="), "access_token=");
    }

    #[test]
    fn an_excerpt_masks_long_runs_and_keeps_card_ids() {
        let run = "x".repeat(32);
        let body = format!("pBnTrjvZJXkZsPGwfq9F0Hl0WqE {run}");
        let shown = Concealed::default().excerpt(body.as_bytes());
        assert_eq!(shown, "pBnTrjvZJXkZsPGwfq9F0Hl0WqE ***");
    }

    #[test]
    fn an_excerpt_is_bounded_and_on_one_line_whatever_the_bytes() {
        let body: Vec<u8> = (0..=255u8).cycle().take(1_000_000).collect();
        let shown = Concealed::default().excerpt(&body);
        assert!(shown.chars().count() <= EXCERPT + 1);
        assert!(!shown.contains(char::is_control));
    }

    #[test]
    fn a_secret_at_the_end_of_the_window_does_not_show_its_beginning() {
        let token = Secret::new("T0KEN-ABC");
        let concealed = Concealed { token: Some(&token), secret: None };
        let masked = "T0KEN-ABC ".repeat((WINDOW - 1) / 10);
        let body = format!("{masked}T0KEN-ABC");
        assert!(body.len() > WINDOW);
        assert!(!concealed.excerpt(body.as_bytes()).contains("T0"));
    }
}

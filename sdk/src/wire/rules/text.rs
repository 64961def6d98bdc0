//! Rules on strings.

use super::{Rule, wants_count};
use crate::wire::check::Checker;
use crate::wire::format::Format;
#[cfg(feature = "pattern")]
use crate::wire::pattern::Pattern;

/// Rules on a string.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    min_length: usize,
    max_length: Option<usize>,
    format: Option<Format>,
    #[cfg(feature = "pattern")]
    pattern: Option<&'static Pattern>,
}

impl Text {
    /// Any string.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            min_length: 0,
            max_length: None,
            format: None,
            #[cfg(feature = "pattern")]
            pattern: None,
        }
    }

    /// At least this many Unicode code points.
    #[must_use]
    pub const fn min_length(mut self, length: usize) -> Self {
        self.min_length = length;
        self
    }

    /// At most this many Unicode code points.
    #[must_use]
    pub const fn max_length(mut self, length: usize) -> Self {
        self.max_length = Some(length);
        self
    }

    /// Of this format.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// With a match of this pattern somewhere in it.
    #[cfg(feature = "pattern")]
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The value is not shown: it may be a secret.
    fn check_form(&self, text: &str, at: &mut Checker) {
        if let Some(format) = self.format.filter(|format| !format.matches(text)) {
            at.report("format", format!("must be of the format `{}`", format.name()));
        }
        #[cfg(feature = "pattern")]
        if let Some(pattern) = self.pattern.filter(|pattern| !pattern.matches(text)) {
            at.report("pattern", format!("must match the pattern `{}`", pattern.source()));
        }
    }

    /// Whether a length in bytes settles it: a code point takes one to four of them.
    fn surely_fits(&self, bytes: usize) -> bool {
        bytes.div_ceil(4) >= self.min_length && self.max_length.is_none_or(|most| bytes <= most)
    }

    fn check_length(&self, text: &str, at: &mut Checker) {
        if self.surely_fits(text.len()) {
            return;
        }
        let length = text.chars().count();
        if length < self.min_length {
            at.report("minLength", wants_count("at least", self.min_length, "character", length));
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            at.report("maxLength", wants_count("at most", most, "character", length));
        }
    }
}

impl Rule<str> for Text {
    fn check(&self, value: &str, at: &mut Checker) {
        self.check_length(value, at);
        self.check_form(value, at);
    }
}

impl Rule<String> for Text {
    fn check(&self, value: &String, at: &mut Checker) {
        Rule::<str>::check(self, value, at);
    }
}

impl Rule<crate::secret::Secret> for Text {
    fn check(&self, value: &crate::secret::Secret, at: &mut Checker) {
        Rule::<str>::check(self, value.expose(), at);
    }
}

/// The rule that a name is one of these.
#[derive(Clone, Copy, Debug)]
pub struct Names(pub &'static [&'static str]);

impl Rule<str> for Names {
    fn check(&self, value: &str, at: &mut Checker) {
        if !self.0.contains(&value) {
            at.report("propertyNames", format!("is none of the names {}", self.0.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_in_code_points_on_both_sides_of_every_bound() {
        for character in ["a", "\u{e9}", "\u{5143}", "\u{1f39f}"] {
            for length in 0..20_usize {
                for (least, most) in [(0, 0), (1, 4), (4, 5), (5, 16), (16, 18)] {
                    let rule = Text::new().min_length(least).max_length(most);
                    let mut checker = Checker::default();
                    rule.check(character.repeat(length).as_str(), &mut checker);
                    let fits = (least..=most).contains(&length);
                    assert_eq!(checker.finish().is_ok(), fits, "{length} times {character}");
                }
            }
        }
    }
}

//! Looks ahead at the start of a pattern, and looks behind at its end. They need no backtracking: the string must
//! match, or must not match, one more pattern.
//!
//! ```text
//! ^(?!@@)\w+$    `^\w+$` matches, and `^(?:@@)` does not
//! ^\w+(?<!_)$    `^\w+$` matches, and `(?:_)$` does not
//! ```
//!
//! Such patterns keep their form, and the runtime splits them. This does not work within one of several alternatives,
//! since another one may match instead. It does work for a look ahead after a known number of characters, which are
//! repeated in the second pattern. A look at one character, or for the end, works nearly anywhere: the pattern after
//! it is rewritten to begin with these characters only (see `next`).
//!
//! ```text
//! ^P(?!$|T$)\w*$    `^P\w*$` matches, and `^(?:P(?:$|T$))` does not
//! a(?!b)[a-z]       a[ac-z]
//! ```

use super::next::{After, Next, is_of_one_length, one_of};
use super::{Parser, Refusal, is_too_large};

/// The signs of looks, after the parenthesis.
pub(super) const AHEAD: [&str; 2] = ["?=", "?!"];
pub(super) const BEHIND: [&str; 2] = ["?<=", "?<!"];

/// A translated look.
pub(super) struct Look {
    sign: &'static str,
    pattern: String,
}

impl Look {
    /// The pattern that a string must match, or must not match.
    fn alone(&self) -> String {
        let Self { sign, pattern } = self;
        if AHEAD.contains(sign) { format!("^(?:{pattern})") } else { format!("(?:{pattern})$") }
    }
}

impl Parser<'_> {
    /// Reads the looks after a `^` at the start.
    pub(super) fn looks_ahead(&mut self) -> Result<(), Refusal> {
        let Some(mut after) = self.rest.strip_prefix('^') else { return Ok(()) };
        while let Some((sign, rest)) = begin(AHEAD, after) {
            self.rest = rest;
            self.look(sign)?;
            after = self.rest;
        }
        if !self.looks.is_empty() {
            self.output.push('^');
        }
        Ok(())
    }

    /// Reads a look behind, after its parenthesis. It must be followed by the `$` at the end, or by another look behind.
    pub(super) fn look_behind(&mut self, sign: &'static str) -> Result<(), Refusal> {
        let is_outermost = self.depth == 1;
        self.skip(sign);
        self.look(sign)?;
        let is_last = self.rest == "$" || begin(BEHIND, self.rest).is_some();
        if !(is_outermost && is_last) {
            self.refuse(format!(
                "`({sign}` looks behind, which only works right before a `$` at the end"
            ));
        }
        Ok(())
    }

    /// Reads a look ahead that is not at the start, and the rest of its sequence.
    pub(super) fn look_within(&mut self, sign: &'static str) -> Result<(), Refusal> {
        self.skip(sign);
        self.look(sign)?;
        let pattern = self.looks.pop().map(|look| look.pattern).unwrap_or_default();
        let start = self.output.len();
        while self.peek().is_some_and(|next| !matches!(next, ')' | '|')) {
            self.term()?;
        }
        // Nobody asks for a translation where only the syntax is of interest.
        if self.characters.is_none() {
            return Ok(());
        }
        let is_within_look = self.looking > 0;
        let after =
            if is_within_look { After::More } else { After::of(self.rest, self.depth == 1) };
        let next = Next::of(sign, &pattern);
        let ways = next.and_then(|next| next.ways(&self.output[start..], after));
        let before = self.output[..start]
            .strip_prefix('^')
            .filter(|before| self.depth == 1 && !is_within_look && is_of_one_length(before));
        match (ways, before) {
            (Some(ways), before) if ways.len() < 2 || before.is_none() => {
                self.output.truncate(start);
                self.output.push_str(&one_of(&ways));
            }
            (_, Some(before)) => {
                let pattern = format!("{before}(?:{pattern})");
                self.looks.push(Look { sign, pattern });
            }
            _ => self.refuse(format!(
                "`({sign}` looks ahead, which only works behind the first `^` and characters whose number is known, \
                 or at one character, where it is plain what comes next"
            )),
        }
        Ok(())
    }

    /// Reads a look, after its sign.
    pub(super) fn look(&mut self, sign: &'static str) -> Result<(), Refusal> {
        let outer = std::mem::take(&mut self.output);
        // No group's inside is outermost.
        self.depth += 1;
        self.looking += 1;
        let is_right = self.alternatives();
        self.looking -= 1;
        self.depth -= 1;
        let pattern = std::mem::replace(&mut self.output, outer);
        is_right?;
        self.looks.push(Look { sign, pattern });
        if self.skip(")") { Ok(()) } else { Err("`(` is not closed".to_owned()) }
    }

    /// The whole translation, with the looks in their places.
    pub(super) fn finish(self) -> Result<String, Refusal> {
        let Self { output, looks, has_alternatives, .. } = self;
        if has_alternatives && let Some(look) = looks.first() {
            let message = "looks around in one of several alternatives; put these into `(?:…)`";
            return Err(format!("`({}` {message}", look.sign));
        }
        if is_too_large(&output) || looks.iter().any(|look| is_too_large(&look.alone())) {
            return Err("it is too large when its repetitions are written out".to_owned());
        }
        let written = |signs: [&str; 2]| -> String {
            let looks = looks.iter().filter(|look| signs.contains(&look.sign));
            looks.flat_map(|look| ["(", look.sign, &look.pattern, ")"]).collect()
        };
        let (ahead, behind) = (written(AHEAD), written(BEHIND));
        let output =
            if ahead.is_empty() { output } else { output.replacen('^', &format!("^{ahead}"), 1) };
        Ok(match output.strip_suffix('$') {
            Some(before) if !behind.is_empty() => format!("{before}{behind}$"),
            _ => output,
        })
    }
}

/// The sign of a look and the text after it, if a look begins here.
fn begin<'t>(signs: [&'static str; 2], text: &'t str) -> Option<(&'static str, &'t str)> {
    let group = text.strip_prefix('(')?;
    signs.into_iter().find_map(|sign| Some((sign, group.strip_prefix(sign)?)))
}

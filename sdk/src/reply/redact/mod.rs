//! Foreign text, such as a reply or WeChat's message, without the secrets of its call.
//!
//! Which properties are secret, the descriptions say ([`Operation::secrets`]). A request
//! `{"user":"ada","password":"hunter2"}` whose `password` is `sensitive` was answered with
//! `{"code":7,"message":"hunter2 is too short","password":"hunter3"}`:
//!
//! 1. The values of the properties of that name, in request and reply, are masked wherever they
//!    stand: `*** is too short`.
//! 2. Whatever follows the name is masked, in a text that is no JSON as well: `password=***`.
//! 3. Long runs of characters that tokens are made of are masked, whatever they are.
//!
//! All of this is done for errors alone, so a call that succeeds pays nothing for it.

mod names;
mod spellings;
mod values;

use zeroize::Zeroizing;

use crate::endpoint::Operation;
use crate::error::{one_line, shorten};
use crate::secret::Secret;
use crate::transport::Outgoing;
use values::{in_json, in_request};

/// How many characters of a reply an error shows.
const EXCERPT: usize = 160;
/// How many bytes of a text are looked at: much more than a message can have.
const WINDOW: usize = 8192;
/// How many bytes of a reply are searched for values of secret properties.
const SEARCHED: usize = 64 << 10;
/// A run of this many token-like characters is taken for a secret. An application's secret has 32,
/// a token over 100; card ids have 28 and request ids 26, and are worth seeing.
const SUSPICIOUS: usize = 32;

/// What stands in a message for a secret.
const MASK: &str = "***";

/// What the client itself proves its identity with, whatever the operation's description says.
const ALWAYS_SECRET: [&str; 2] = ["access_token", "secret"];

/// What is known of a call's secrets: foreign text is shown without them.
#[derive(Clone, Copy)]
pub(crate) struct Redactor<'a> {
    operation: &'static Operation,
    token: Option<&'a Secret>,
    secret: Option<&'a Secret>,
    request: Option<&'a Outgoing>,
    reply: &'a [u8],
}

impl<'a> Redactor<'a> {
    /// Knows the names of the operation's secret properties.
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self { operation, token: None, secret: None, request: None, reply: &[] }
    }

    /// Knows what the client proves its identity with.
    pub(crate) const fn credentials(
        self,
        token: Option<&'a Secret>,
        secret: Option<&'a Secret>,
    ) -> Self {
        Self { token, secret, ..self }
    }

    /// Knows the secrets that were sent.
    pub(crate) const fn request(self, request: &'a Outgoing) -> Self {
        Self { request: Some(request), ..self }
    }

    /// Knows the secrets that were received.
    pub(crate) const fn reply(self, reply: &'a [u8]) -> Self {
        Self { reply, ..self }
    }

    /// The beginning of a reply that could not be understood.
    pub(crate) fn excerpt(&self, body: &[u8]) -> String {
        // What a window cuts off is whole in a larger one.
        let text = String::from_utf8_lossy(&body[..body.len().min(2 * WINDOW)]);
        shorten(&one_line(&self.message(&text)), EXCERPT)
    }

    /// A text that WeChat or a library wrote, without anything secret.
    pub(crate) fn message(&self, text: &str) -> String {
        let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= WINDOW);
        let shown = &text[..end.unwrap_or(text.len())];
        let is_whole = end.is_none();
        let text = if is_whole { shown } else { shown.trim_end_matches(is_word) };
        let names = self.names();
        let text = self.without_values(&spellings::without_escapes(text), &names, is_whole);
        mask_runs(&names::mask_values(text, &names))
    }

    fn names(&self) -> Vec<&'static str> {
        [&ALWAYS_SECRET, self.operation.secrets].concat()
    }

    fn without_values(&self, text: &str, names: &[&str], is_whole: bool) -> String {
        let spellings = self.spellings(names);
        let mut masked = text.to_owned();
        for spelling in &spellings {
            masked = masked.replace(spelling.as_str(), MASK);
        }
        if is_whole { masked } else { without_beginning(&masked, &spellings).to_owned() }
    }

    /// How the known secrets may be written in a text, the longest first: one may be part of
    /// another.
    fn spellings(&self, names: &[&str]) -> Vec<Zeroizing<String>> {
        let searched = &self.reply[..self.reply.len().min(SEARCHED)];
        let mut secrets = in_json(searched, names);
        if let Some(request) = self.request {
            secrets.extend(in_request(request, names));
        }
        secrets.extend(self.token.cloned());
        secrets.extend(self.secret.cloned());
        let mut spellings = Vec::new();
        for secret in &secrets {
            spellings::add(secret, &mut spellings);
        }
        spellings
    }
}

/// A text that was cut off, without the beginning of a secret at its end.
fn without_beginning<'t>(text: &'t str, spellings: &[Zeroizing<String>]) -> &'t str {
    let beginnings = spellings.iter().filter_map(|spelling| {
        let ends = spelling.char_indices().map(|(end, _)| end).rev();
        ends.filter(|end| text.ends_with(&spelling[..*end])).max()
    });
    &text[..text.len() - beginnings.max().unwrap_or(0)]
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

#[cfg(test)]
mod tests;

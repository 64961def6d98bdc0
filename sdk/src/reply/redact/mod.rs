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
//! 4. What the client proves its identity with, or did a while ago, is masked wherever it stands.
//!
//! Known secrets are masked where only their beginning is left, too: `invalid credential 92_Xk3PqLm…`.
//!
//! All of this is done for errors alone, so a call that succeeds pays nothing for it.

mod names;
mod spellings;
mod values;

use crate::endpoint::Operation;
use crate::known_secrets::KnownSecrets;
use crate::secret::Secret;
use crate::text::{one_line, shorten};
use crate::transport::Outgoing;
use values::{in_json, in_request};

/// The number of secrets that are looked for in a text. If there are more, nothing of it is shown: the search would
/// take too long.
const MOST_SECRETS: usize = 200;

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

/// The names of secret properties: the client's own, and the operation's.
type Names<'a> = &'a [&'a [&'a str]; 2];

/// What is known of a call's secrets: foreign text is shown without them.
#[derive(Clone, Copy)]
pub(crate) struct Redactor<'a> {
    operation: &'static Operation,
    token: Option<&'a Secret>,
    known: Option<&'a KnownSecrets>,
    earlier: &'a [Secret],
    request: Option<&'a Outgoing>,
    reply: &'a [u8],
}

impl<'a> Redactor<'a> {
    /// Masks the values of the operation's secret properties.
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self { operation, token: None, known: None, earlier: &[], request: None, reply: &[] }
    }

    /// Masks the token that was sent, too.
    pub(crate) const fn token(self, token: Option<&'a Secret>) -> Self {
        Self { token, ..self }
    }

    /// Masks what the client proves its identity with, and the tokens of the call's earlier attempts, too.
    pub(crate) const fn known(self, known: &'a KnownSecrets, earlier: &'a [Secret]) -> Self {
        Self { known: Some(known), earlier, ..self }
    }

    /// Masks the secrets that were sent, too.
    pub(crate) const fn request(self, request: &'a Outgoing) -> Self {
        Self { request: Some(request), ..self }
    }

    /// Masks the secrets that were received, too.
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
        let names: Names<'_> = &[&ALWAYS_SECRET, self.operation.secrets];
        let Some(spellings) = self.spellings(names) else {
            return MASK.to_owned();
        };
        let shown = window(text);
        let mut masked = spellings::masked(&spellings::without_escapes(shown), &spellings);
        if shown.len() < text.len() {
            cut_beginning(&mut masked, &spellings);
        }
        for name in names.iter().copied().flatten() {
            masked = names::mask_values(&masked, name);
        }
        mask_runs(&masked)
    }

    /// How the known secrets may be written in a text; `None` if there are too many to look for.
    fn spellings(&self, names: Names<'_>) -> Option<Vec<Secret>> {
        let mut secrets = self.known.map(KnownSecrets::all).unwrap_or_default();
        in_json(&self.reply[..self.reply.len().min(SEARCHED)], names, &mut secrets);
        if let Some(request) = self.request {
            in_request(request, names, &mut secrets);
        }
        if secrets.len() > MOST_SECRETS {
            return None;
        }
        let mut spellings = Vec::new();
        for secret in self.token.into_iter().chain(self.earlier).chain(&secrets) {
            spellings::add(secret, &mut spellings);
        }
        Some(spellings)
    }
}

/// The part of a text that is looked at. It ends between two words, so that no word is cut.
fn window(text: &str) -> &str {
    if text.len() <= WINDOW {
        return text;
    }
    let is_end = |at: &usize| text.is_char_boundary(*at) && !is_word(text.as_bytes()[at - 1]);
    let end = (1..=WINDOW).rev().find(is_end);
    &text[..end.unwrap_or(0)]
}

/// Takes the beginning of a secret from the end of a text that was cut off.
fn cut_beginning(text: &mut String, spellings: &[Secret]) {
    let beginning = |spelling: &Secret| {
        let spelling = spelling.expose().as_bytes();
        (1..=spelling.len()).rev().find(|end| text.as_bytes().ends_with(&spelling[..*end]))
    };
    let longest = spellings.iter().filter_map(beginning).max().unwrap_or(0);
    text.truncate(text.len() - longest);
}

fn mask_runs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().take_while(|byte| is_word(*byte)).count();
        out.push_str(if run >= SUSPICIOUS { MASK } else { &rest[..run] });
        rest = &rest[run..];
        let gap = rest.bytes().take_while(|byte| !is_word(*byte)).count();
        out.push_str(&rest[..gap]);
        rest = &rest[gap..];
    }
    out
}

/// Whether a byte is a character that tokens are made of.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

#[cfg(test)]
mod tests;

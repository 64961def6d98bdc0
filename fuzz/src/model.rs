//! What the client promises to make of a reply.

use std::borrow::Cow;

use wechat_bizwifi::{AccessToken, Error, Placement};

use crate::json::{self, Json, Text};

/// What a reply comes to.
#[derive(Debug, PartialEq)]
pub enum Outcome<T> {
    Success(T),
    Refused(i64),
    Unreadable,
}

impl<T> Outcome<T> {
    /// What the client made of a reply.
    pub fn of<R>(result: Result<R, Error>, value: impl Fn(R) -> T) -> Self {
        match result {
            Ok(reply) => Self::Success(value(reply)),
            Err(error) => error.code().map_or(Self::Unreadable, |code| Self::Refused(code.value())),
        }
    }
}

/// The properties of a reply, byte order marks before it passed over.
type Properties = [(Text, Json)];

/// A reply to an operation whose payload is in the property `data`.
pub fn enveloped<T>(body: &[u8], none: T, read: impl Fn(&Json) -> Option<T>) -> Outcome<T> {
    outcome_of(body, |properties| {
        is_ours(properties, &["errcode", "errmsg", "data"])?;
        let mut payload = none;
        for (_, value) in named(properties, &["data"]) {
            payload = read(value)?;
        }
        Some(payload)
    })
}

/// A reply to an operation without a payload.
pub fn bare(body: &[u8]) -> Outcome<()> {
    outcome_of(body, |properties| is_ours(properties, &["errcode", "errmsg"]))
}

/// Whether a reply has one of these properties, or none at all.
fn is_ours(properties: &Properties, names: &[&str]) -> Option<()> {
    (properties.is_empty() || named(properties, names).next().is_some()).then_some(())
}

/// A reply to a token endpoint.
pub fn token(body: &[u8]) -> Outcome<(String, i64)> {
    outcome_of(body, |properties| {
        let token = last(properties, "access_token", text);
        Some((token?, last(properties, "expires_in", integer)?))
    })
}

/// A success is one where the code says so and all that is asked for can be read; a refusal counts
/// whatever else there is, and with what is not Unicode in it replaced.
fn outcome_of<T>(body: &[u8], payload: impl FnOnce(&Properties) -> Option<T>) -> Outcome<T> {
    let text = String::from_utf8_lossy(body);
    let Some(Json::Object(properties)) = json::parse(text.trim_start_matches('\u{feff}')) else {
        return Outcome::Unreadable;
    };
    let code = code(&properties);
    if let Some(code @ ..=-1 | code @ 1..) = code {
        return Outcome::Refused(code);
    }
    let is_unicode = matches!(text, Cow::Borrowed(_));
    let readable = code.filter(|_| is_unicode).and_then(|_| message(&properties));
    match readable.and_then(|()| payload(&properties)) {
        Some(value) => Outcome::Success(value),
        None => Outcome::Unreadable,
    }
}

/// The return code, 0 where there is none; nothing where it cannot be read. Of several, the first that is not 0.
fn code(properties: &Properties) -> Option<i64> {
    names(properties)?;
    let mut code = 0;
    for (_, value) in named(properties, &["errcode"]) {
        let next = if let Json::Null = value { 0 } else { integer(value)? };
        if code == 0 {
            code = next;
        }
    }
    Some(code)
}

/// Whether every message can be read.
fn message(properties: &Properties) -> Option<()> {
    named(properties, &["errmsg"])
        .all(|(_, value)| matches!(value, Json::Null) || text(value).is_some())
        .then_some(())
}

/// Whether every name can be read.
fn names(properties: &Properties) -> Option<()> {
    properties.iter().all(|(name, _)| name.is_some()).then_some(())
}

/// What the model reads of a placement.
#[derive(Debug, PartialEq)]
pub struct Placed {
    shop_id: i64,
    card_status: i64,
    card_id: String,
    card_describe: Option<String>,
    start_date: Option<i64>,
    end_date: Option<i64>,
}

impl From<Placement> for Placed {
    fn from(placement: Placement) -> Self {
        Self {
            shop_id: placement.shop_id.get(),
            card_status: placement.card_status.get(),
            card_id: placement.card_id.as_str().to_owned(),
            card_describe: placement.card_describe,
            start_date: placement.start_date.map(|time| time.seconds()),
            end_date: placement.end_date.map(|time| time.seconds()),
        }
    }
}

/// What the client reads of a token.
pub fn token_parts(token: AccessToken) -> (String, i64) {
    (token.access_token.expose().to_owned(), token.expires_in)
}

/// A placement, or nothing where the reply says that there is none.
pub fn placement(data: &Json) -> Option<Option<Placed>> {
    let properties = match data {
        Json::Null => return Some(None),
        Json::List(items) => return items.is_empty().then_some(None),
        Json::Object(properties) if properties.is_empty() => return Some(None),
        Json::Object(properties) => properties,
        _ => return None,
    };
    names(properties)?;
    Some(Some(Placed {
        shop_id: last(properties, "shop_id", integer)?,
        card_status: last(properties, "card_status", integer)?,
        card_id: last(properties, "card_id", text)?,
        card_describe: optional(properties, "card_describe", "card_describe", text)?,
        start_date: optional(properties, "start_date", "start_time", integer)?,
        end_date: optional(properties, "end_date", "end_time", integer)?,
    }))
}

/// A property that has to be there; where it comes several times, the last one, if all can be read.
fn last<T>(properties: &Properties, name: &str, read: impl Fn(&Json) -> Option<T>) -> Option<T> {
    let mut found = None;
    for (_, value) in named(properties, &[name]) {
        found = Some(read(value)?);
    }
    found
}

/// A property that may be missing or `null`. The alias counts where the name has not come before,
/// and the name wherever it comes.
fn optional<T>(
    properties: &Properties,
    name: &str,
    alias: &str,
    read: impl Fn(&Json) -> Option<T>,
) -> Option<Option<T>> {
    let mut found = None;
    for (spelling, value) in named(properties, &[name, alias]) {
        let passed_over = spelling != name && found.is_some();
        if !passed_over && !matches!(value, Json::Null) {
            found = Some(read(value)?);
        }
    }
    Some(found)
}

fn named<'a>(
    properties: &'a Properties,
    names: &'a [&str],
) -> impl Iterator<Item = (&'a str, &'a Json)> {
    properties
        .iter()
        .filter_map(|(name, value)| Some((name.as_deref()?, value)))
        .filter(|(name, _)| names.contains(name))
}

/// A whole number, however it is written, in quotes too.
fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Number(text) => text.parse().ok().or_else(|| whole(text)),
        Json::Text(Some(text)) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A number with a fraction or an exponent, where doubles count whole numbers.
fn whole(text: &str) -> Option<i64> {
    const INEXACT: f64 = 9_007_199_254_740_992.0;
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && number.abs() < INEXACT).then_some(number as i64)
}

/// A string, or a whole number for the string that it would be in quotes.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => text.clone(),
        Json::Number(text) => {
            let whole = text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
            (whole && text != "-0").then(|| text.clone())
        }
        _ => None,
    }
}

//! Reading a reply: the return code, the message and the payload.
//!
//! ```text
//! {"errcode":0,"data":{"shop_id":7}}         Success, and the payload in its place
//! {"errcode":40001,"errmsg":"invalid"}       Refused { code: 40001, message: "invalid" }
//! {"detail":"no route"}                      an error: it has no part of the envelope
//! ```

use std::borrow::Cow;
use std::fmt;
use std::str::Utf8Error;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::operation::{Envelope, Payload};
use crate::text::without_marks;
use crate::wire::{Context, Decode, SeedInto, SeedOrNothing, is_same};

/// What a reply says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The call succeeded. `has_code` is whether the reply states a return code, which is 0 then.
    Success { has_code: bool },
    /// The service refused it.
    Refused { code: i64, message: Option<String> },
}

/// Why a body is no reply.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DecodeError {
    /// A JSON pointer to what is wrong, empty for the body as a whole.
    pub(crate) path: String,
    /// What is wrong there.
    pub(crate) detail: String,
    /// Whether the body ends before its JSON does.
    pub(crate) is_cut: bool,
}

/// Reads a reply in one pass; only where that fails, it is read again. The payload is in `payload`
/// after a success, and in no other case.
pub(crate) fn decode_reply(
    body: &[u8],
    envelope: &Envelope,
    payload: &mut dyn PayloadPlace,
) -> Result<Verdict, DecodeError> {
    let parts = Parts { envelope, has_message: true, has_payload: true };
    match read_once(body, &parts, payload) {
        Err(error) => read_again((body, error), &parts, payload),
        verdict => verdict,
    }
}

/// One check of the whole body for UTF-8 costs less than one of each string in it.
fn read_once(
    body: &[u8],
    parts: &Parts<'_>,
    payload: &mut dyn PayloadPlace,
) -> Result<Verdict, DecodeError> {
    match std::str::from_utf8(body) {
        Ok(text) => read(text, parts, payload),
        Err(error) => Err(not_utf8(error)),
    }
}

/// Reads a body once more after an error: without its byte order mark, and then with its control
/// characters escaped. If that fails too, only a refusal is looked for; without one, the last error is
/// returned.
#[cold]
fn read_again(
    (body, error): (&[u8], DecodeError),
    parts: &Parts<'_>,
    payload: &mut dyn PayloadPlace,
) -> Result<Verdict, DecodeError> {
    let length = body.len();
    let body = without_marks(body);
    if body.len() < length {
        return read_once(body, parts, payload)
            .or_else(|error| read_again((body, error), parts, payload));
    }
    let escaped = std::str::from_utf8(body).map(with_control_characters_escaped);
    let verdict = match escaped {
        Ok(Cow::Owned(text)) => read(&text, parts, payload),
        _ => Err(error),
    };
    verdict.or_else(|error| refusal(body, parts).ok_or(error))
}

fn not_utf8(error: Utf8Error) -> DecodeError {
    let detail = format!("is not UTF-8 from byte {} on", error.valid_up_to());
    // Without a length, it is the end that came too early for a character.
    DecodeError { path: String::new(), detail, is_cut: error.error_len().is_none() }
}

/// The refusal in a body of which the payload, or even the message, cannot be read.
#[cold]
fn refusal(body: &[u8], parts: &Parts<'_>) -> Option<Verdict> {
    let text = String::from_utf8_lossy(body);
    let text = with_control_characters_escaped(&text);
    let with_message = Parts { has_payload: false, ..*parts };
    let without_message = Parts { has_message: false, ..with_message };
    [&with_message, &without_message].into_iter().find_map(|parts| {
        match read(&text, parts, &mut None::<()>) {
            Ok(refused @ Verdict::Refused { .. }) => Some(refused),
            _ => None,
        }
    })
}

/// The parts of a reply that are read; all else is passed over.
pub(crate) struct Parts<'e> {
    envelope: &'e Envelope,
    has_message: bool,
    has_payload: bool,
}

impl Parts<'_> {
    fn named(&self, name: &str) -> Part {
        if is_same(self.envelope.code, name) {
            Part::Code
        } else if self.payload_name().is_some_and(|payload| is_same(payload, name)) {
            Part::Payload
        } else if self.has_message && is_same(self.envelope.message, name) {
            Part::Message
        } else {
            Part::Other
        }
    }

    #[cold]
    const fn name(&self, part: Part) -> Option<&'static str> {
        match part {
            Part::Code => Some(self.envelope.code),
            Part::Message => Some(self.envelope.message),
            Part::Payload => self.payload_name(),
            Part::Other => None,
        }
    }

    const fn payload_name(&self) -> Option<&'static str> {
        match self.envelope.payload {
            Payload::Property(name) if self.has_payload => Some(name),
            _ => None,
        }
    }

    const fn is_payload(&self) -> bool {
        self.has_payload && matches!(self.envelope.payload, Payload::Root)
    }
}

fn read(
    body: &str,
    parts: &Parts<'_>,
    payload: &mut dyn PayloadPlace,
) -> Result<Verdict, DecodeError> {
    let cx = Context::of_reply();
    let error = |error| unreadable(&cx, &error);
    let mut head = Head::default();
    payload.read_enveloped(body, (parts, &cx), &mut head).map_err(error)?;
    if let Some(code @ (..=-1 | 1..)) = head.code {
        return Ok(Verdict::Refused { code, message: head.message });
    }
    if parts.is_payload() {
        payload.read_root(body, &cx).map_err(error)?;
    } else if head.has_other && !head.is_envelope {
        return Err(lacks(parts.envelope.code));
    }
    if !payload.fill_absent() {
        return Err(lacks(parts.payload_name().unwrap_or_default()));
    }
    Ok(Verdict::Success { has_code: head.code.is_some() })
}

/// The return code and the message of a reply.
#[derive(Default)]
pub(crate) struct Head {
    code: Option<i64>,
    message: Option<String>,
    /// Whether there is a code, a message or a payload.
    is_envelope: bool,
    /// Whether there are other properties. A body with other properties alone is from somebody else,
    /// such as a gateway, and says nothing of the request. (An empty object is a reply: a code that is
    /// absent means success.)
    has_other: bool,
}

/// Where a payload goes. What depends on its type is here; all else is compiled once.
pub(crate) trait PayloadPlace {
    /// Reads a reply, and the payload that is one of its properties, in one pass.
    fn read_enveloped(
        &mut self,
        body: &str,
        parts: (&Parts<'_>, &Context),
        head: &mut Head,
    ) -> serde_json::Result<()>;

    /// Reads a payload that is the whole of a reply.
    fn read_root(&mut self, body: &str, cx: &Context) -> serde_json::Result<()>;

    /// Puts in the value that stands for a payload that the reply has left out, if the type has one.
    /// Returns whether there is a payload then.
    fn fill_absent(&mut self) -> bool;
}

impl<T: Decode> PayloadPlace for Option<T> {
    fn read_enveloped(
        &mut self,
        body: &str,
        (parts, cx): (&Parts<'_>, &Context),
        head: &mut Head,
    ) -> serde_json::Result<()> {
        *self = None;
        parse(body, ReplyVisitor { parts, cx, head, payload: self })
    }

    fn read_root(&mut self, body: &str, cx: &Context) -> serde_json::Result<()> {
        parse(body, SeedInto { cx, place: self })
    }

    fn fill_absent(&mut self) -> bool {
        if self.is_none() {
            *self = T::absent();
        }
        self.is_some()
    }
}

fn parse<'de>(
    body: &'de str,
    seed: impl DeserializeSeed<'de, Value = ()>,
) -> serde_json::Result<()> {
    let mut input = serde_json::Deserializer::from_str(body);
    seed.deserialize(&mut input)?;
    input.end()
}

#[cold]
fn unreadable(cx: &Context, error: &serde_json::Error) -> DecodeError {
    DecodeError { path: cx.pointer(), detail: error.to_string(), is_cut: error.is_eof() }
}

fn lacks(payload: &str) -> DecodeError {
    let detail = format!("the property `{payload}` is missing");
    DecodeError { path: String::new(), detail, is_cut: false }
}

/// One pass over a reply, which reads the return code and the message into `head`, and the payload
/// into its place.
struct ReplyVisitor<'a, T> {
    parts: &'a Parts<'a>,
    cx: &'a Context,
    head: &'a mut Head,
    payload: &'a mut Option<T>,
}

impl<'de, T: Decode> DeserializeSeed<'de> for ReplyVisitor<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_map(self)
    }
}

impl<'de, T: Decode> Visitor<'de> for ReplyVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut input: A) -> Result<(), A::Error> {
        while let Some(part) = input.next_key_seed(PartSeed(self.parts))? {
            if let Err(error) = self.read(part, &mut input) {
                return Err(match self.parts.name(part) {
                    Some(name) => self.cx.at(name, error),
                    None => error,
                });
            }
        }
        Ok(())
    }
}

impl<T: Decode> ReplyVisitor<'_, T> {
    fn read<'de, A: MapAccess<'de>>(&mut self, part: Part, input: &mut A) -> Result<(), A::Error> {
        let Self { cx, head: Head { code, message, is_envelope, has_other }, payload, .. } = self;
        match part {
            Part::Code => {
                *is_envelope = true;
                let earlier = code.replace(0);
                // `null` says that nothing is wrong.
                input.next_value_seed(SeedOrNothing(SeedInto { cx, place: code }))?;
                if earlier.is_some_and(|code| code != 0) {
                    // A refusal counts, whatever the same reply says besides.
                    *code = earlier;
                }
                Ok(())
            }
            Part::Payload => {
                *is_envelope = true;
                input.next_value_seed(SeedInto { cx, place: payload })
            }
            Part::Message => {
                *is_envelope = true;
                *message = None;
                input.next_value_seed(SeedOrNothing(SeedInto { cx, place: message }))
            }
            Part::Other => {
                *has_other = true;
                input.next_value::<IgnoredAny>().map(drop)
            }
        }
    }
}

/// What a property of a reply is to the runtime.
#[derive(Clone, Copy)]
enum Part {
    Code,
    Message,
    Payload,
    Other,
}

struct PartSeed<'a>(&'a Parts<'a>);

impl<'de> DeserializeSeed<'de> for PartSeed<'_> {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Part, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for PartSeed<'_> {
    type Value = Part;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a property's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Part, E> {
        Ok(self.0.named(name))
    }
}

/// A body whose control characters inside strings are escaped. The service copies names that people
/// typed into its replies, with raw control characters, which JSON forbids inside strings.
fn with_control_characters_escaped(body: &str) -> Cow<'_, str> {
    if body.bytes().all(|byte| byte >= b' ') {
        return Cow::Borrowed(body);
    }
    let mut clean = String::with_capacity(body.len());
    let mut in_string = false;
    let mut escaped = false;
    for character in body.chars() {
        // Behind a backslash it stays what it is, an error: escaped, it would read as other text.
        if in_string && !escaped && character < ' ' {
            clean.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            clean.push(character);
        }
        in_string ^= character == '"' && !escaped;
        escaped = in_string && character == '\\' && !escaped;
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: Envelope =
        Envelope { code: "errcode", message: "errmsg", payload: Payload::Property("data") };

    fn decoded(body: &[u8]) -> Result<Verdict, DecodeError> {
        decode_reply(body, &ENVELOPE, &mut None::<String>)
    }

    fn refused(message: Option<&str>) -> Verdict {
        Verdict::Refused { code: 45_009, message: message.map(str::to_owned) }
    }

    #[test]
    fn a_refusal_counts_whatever_its_payload_is() {
        let body = br#"{"errcode":45009,"errmsg":"reach limit","data":[1]}"#;
        assert_eq!(decoded(body), Ok(refused(Some("reach limit"))));
    }

    #[test]
    fn a_refusal_counts_when_its_message_is_not_utf8() {
        let body = b"{\"errcode\":45009,\"errmsg\":\"reach \xe5\x85 rid: 1a-2b\"}";
        assert_eq!(decoded(body), Ok(refused(Some("reach \u{fffd} rid: 1a-2b"))));
    }

    #[test]
    fn any_other_reply_that_is_not_utf8_is_an_error_with_its_place() {
        let error = decoded(b"{\"errcode\":0,\"data\":\"reach \xe5\x85\"}").unwrap_err();
        assert_eq!((&*error.path, &*error.detail), ("", "is not UTF-8 from byte 27 on"));
    }

    #[test]
    fn a_body_that_ends_before_its_json_does_is_cut_and_any_other_is_not() {
        let whole = "{\"errcode\":0,\"data\":\"\\u4e00\u{4e00}\n\"}".as_bytes();
        assert!(decode_reply(whole, &ENVELOPE, &mut None::<String>).is_ok());
        for end in 0..whole.len() {
            let error = decode_reply(&whole[..end], &ENVELOPE, &mut None::<String>).unwrap_err();
            assert!(error.is_cut, "{end}: {error:?}");
        }
        for body in [&b"{\"data\":[1]}"[..], b"{\"errcode\":0}", b"[]", b"{} x", b"{\"a\":\xff"] {
            let error = decode_reply(body, &ENVELOPE, &mut None::<String>).unwrap_err();
            assert!(!error.is_cut, "{error:?}");
        }
    }

    #[test]
    fn a_refusal_counts_when_its_message_is_no_text_at_all() {
        for message in [r#"{"a":1}"#, "1.5", r#""\ud800""#] {
            let body = format!(r#"{{"errcode":45009,"errmsg":{message}}}"#);
            assert_eq!(decoded(body.as_bytes()), Ok(refused(None)), "{body}");
        }
    }

    #[test]
    fn of_a_message_that_comes_twice_the_last_one_counts() {
        for (last, message) in [("\"b\"", Some("b")), ("null", None)] {
            let body = format!(r#"{{"errcode":45009,"errmsg":"a","errmsg":{last}}}"#);
            assert_eq!(decoded(body.as_bytes()), Ok(refused(message)), "{body}");
        }
    }

    #[test]
    fn of_a_code_that_comes_twice_the_one_that_refuses_counts() {
        for codes in [r#""errcode":45009,"errcode":0"#, r#""errcode":0,"errcode":45009"#] {
            let body = format!(r#"{{{codes},"data":"a"}}"#);
            assert_eq!(decoded(body.as_bytes()), Ok(refused(None)), "{body}");
        }
    }

    #[test]
    fn json_with_none_of_code_message_and_payload_is_no_reply_unless_it_is_empty() {
        let bare = Envelope { payload: Payload::Nothing, ..ENVELOPE };
        let read = |envelope, body: &str| decode_reply(body.as_bytes(), envelope, &mut None::<()>);
        let is_success = |has_code| Ok(Verdict::Success { has_code });
        for envelope in [&bare, &ENVELOPE] {
            let body = r#"{"status":"sign in"}"#;
            assert_eq!(read(envelope, body), Err(lacks("errcode")), "{body}");
            for body in ["{}", r#"{"errmsg":"ok"}"#, r#"{"status":"sign in","errmsg":"ok"}"#] {
                assert_eq!(read(envelope, body), is_success(false), "{body}");
            }
        }
        assert_eq!(read(&bare, r#"{"errcode":0}"#), is_success(true));
        assert_eq!(read(&bare, r#"{"errcode":null}"#), is_success(true));
        assert_eq!(read(&ENVELOPE, r#"{"data":{}}"#), is_success(false));
    }

    #[test]
    fn control_characters_are_escaped_within_strings_alone() {
        for (body, clean) in [
            ("{\"a b\" : \"c\"}", "{\"a b\" : \"c\"}"),
            ("{\n\t\"a\": \" \u{1}\n\u{1f} \"\r}", "{\n\t\"a\": \" \\u0001\\u000a\\u001f \"\r}"),
            ("\"\\\"\u{1}\"\u{1}", "\"\\\"\\u0001\"\u{1}"),
            ("\"\\\u{1}\"", "\"\\\u{1}\""),
            ("\"\\\\\u{1}\"", "\"\\\\\\u0001\""),
        ] {
            assert_eq!(with_control_characters_escaped(body), clean);
        }
    }

    #[test]
    fn a_raw_control_character_reads_as_itself() {
        let mut text = None::<String>;
        let read = decode_reply(b"{\"data\":\"a\nb\\\\\x01\"}", &ENVELOPE, &mut text);
        assert_eq!(
            (read, text.as_deref()),
            (Ok(Verdict::Success { has_code: false }), Some("a\nb\\\u{1}"))
        );
    }

    #[test]
    fn byte_order_marks_are_passed_over_and_what_is_behind_them_is_read_as_without() {
        let read = |body: &str| {
            let mut text = None::<String>;
            let verdict = decode_reply(body.as_bytes(), &ENVELOPE, &mut text);
            verdict.map_err(|error| error.detail).and(Ok(text))
        };
        for marks in [1, 2, 1_000_000].map(|count| "\u{feff}".repeat(count)) {
            for (data, text) in [("a", "a"), ("a\nb", "a\nb")] {
                let body = format!("{marks}{{\"errcode\":0,\"data\":\"{data}\"}}");
                assert!(
                    read(&body) == Ok(Some(text.to_owned())),
                    "{} marks, {data:?}",
                    marks.len() / 3
                );
            }
        }
        assert_eq!(
            read("\u{feff}[]"),
            Err("invalid type: sequence, expected a JSON object at line 1 column 0".to_owned())
        );
        assert_eq!(decoded(b"\xEF\xBB\xBF{\"errcode\":45009}"), Ok(refused(None)));
    }

    #[test]
    fn what_is_wrong_beside_a_raw_control_character_is_said() {
        let error = decoded(b"{\"errmsg\":\"a\nb\",\"data\":[]}").unwrap_err();
        assert_eq!((&*error.path, error.detail.contains("sequence")), ("/data", true), "{error:?}");
    }

    #[test]
    fn nothing_of_an_earlier_reply_is_left_in_a_later_one() {
        let mut text = Some("of the first attempt".to_owned());
        let read = decode_reply(b"{\"errcode\":0}", &ENVELOPE, &mut text);
        assert_eq!(read.map_err(|error| error.detail), Err(lacks("data").detail));
    }

    #[test]
    fn a_raw_control_character_behind_a_backslash_is_an_error_and_not_other_text() {
        let error = decoded(b"{\"data\":\"a\\\nb\"}").unwrap_err();
        assert_eq!((&*error.path, error.detail.contains("escape")), ("/data", true), "{error:?}");
    }
}

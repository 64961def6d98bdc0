//! Reading a reply: the return code, the message, and what they envelop.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::decode::{Context, Decode, Mode, Seed};
use crate::endpoint::{Envelope, Payload};

/// What a reply says.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict<T> {
    /// The call succeeded.
    Success(T),
    /// The service refused it.
    Refused { code: i64, message: Option<String> },
}

/// Why a body is no reply.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DecodeFault {
    /// A JSON pointer to the fault, empty for the body as a whole.
    pub(crate) path: String,
    /// What is wrong there.
    pub(crate) detail: String,
}

/// Reads a reply in one pass; in a second one where the first fails, because a refusal counts
/// even when what lies around it cannot be read.
pub(crate) fn decode_reply<T: Decode>(
    body: &[u8],
    envelope: &Envelope,
) -> Result<Verdict<T>, DecodeFault> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let body = &*with_control_characters_escaped(body);
    match read(body, envelope, envelope.payload) {
        Err(fault) => match read::<()>(body, envelope, Payload::Nothing) {
            Ok(Verdict::Refused { code, message }) => Ok(Verdict::Refused { code, message }),
            _ => Err(fault),
        },
        verdict => verdict,
    }
}

fn read<T: Decode>(
    body: &[u8],
    envelope: &Envelope,
    payload: Payload,
) -> Result<Verdict<T>, DecodeFault> {
    let cx = Context::new(Mode::Tolerant);
    let reply: Reply<T> = parse(body, Whole { envelope, payload, cx: &cx, of: PhantomData })
        .map_err(|fault| DecodeFault { path: cx.pointer(), detail: fault.to_string() })?;
    if reply.code != 0 {
        return Ok(Verdict::Refused { code: reply.code, message: reply.message });
    }
    if payload == Payload::Root {
        return read_root(body);
    }
    reply.payload.or_else(T::absent).map(Verdict::Success).ok_or_else(|| match payload {
        Payload::Property(name) => lacks(name),
        _ => lacks(""),
    })
}

/// Reads a reply that is its own payload.
fn read_root<T: Decode>(body: &[u8]) -> Result<Verdict<T>, DecodeFault> {
    let cx = Context::new(Mode::Tolerant);
    parse(body, Seed::new(&cx))
        .map(Verdict::Success)
        .map_err(|fault| DecodeFault { path: cx.pointer(), detail: fault.to_string() })
}

fn parse<'de, S: DeserializeSeed<'de>>(body: &'de [u8], seed: S) -> serde_json::Result<S::Value> {
    let mut input = serde_json::Deserializer::from_slice(body);
    let value = seed.deserialize(&mut input)?;
    input.end()?;
    Ok(value)
}

fn lacks(payload: &str) -> DecodeFault {
    DecodeFault { path: String::new(), detail: format!("the property `{payload}` is missing") }
}

/// What one pass over a reply finds.
struct Reply<T> {
    code: i64,
    message: Option<String>,
    payload: Option<T>,
}

struct Whole<'a, T> {
    envelope: &'a Envelope,
    payload: Payload,
    cx: &'a Context,
    of: PhantomData<T>,
}

impl<'de, T: Decode> DeserializeSeed<'de> for Whole<'_, T> {
    type Value = Reply<T>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Reply<T>, D::Error> {
        input.deserialize_map(self)
    }
}

impl<'de, T: Decode> Visitor<'de> for Whole<'_, T> {
    type Value = Reply<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Reply<T>, A::Error> {
        let mut reply = Reply { code: 0, message: None, payload: None };
        while let Some(name) = input.next_key_seed(PartSeed(&self))? {
            match name {
                Part::Code => {
                    let code: Option<i64> = self.value(&mut input, self.envelope.code)?;
                    reply.code = code.unwrap_or(0);
                }
                Part::Message => reply.message = self.value(&mut input, self.envelope.message)?,
                Part::Payload(name) => reply.payload = Some(self.value(&mut input, name)?),
                Part::Other => drop(input.next_value::<IgnoredAny>()?),
            }
        }
        Ok(reply)
    }
}

impl<T> Whole<'_, T> {
    fn value<'de, V, A>(&self, input: &mut A, name: &str) -> Result<V, A::Error>
    where
        V: Decode,
        A: MapAccess<'de>,
    {
        input.next_value_seed(Seed::new(self.cx)).map_err(|fault| self.cx.at(name, fault))
    }

    fn part(&self, name: &str) -> Part {
        match self.payload {
            Payload::Property(payload) if payload == name => Part::Payload(payload),
            _ if name == self.envelope.code => Part::Code,
            _ if name == self.envelope.message => Part::Message,
            _ => Part::Other,
        }
    }
}

/// What a property of a reply is to the runtime.
enum Part {
    Code,
    Message,
    Payload(&'static str),
    Other,
}

struct PartSeed<'a, T>(&'a Whole<'a, T>);

impl<'de, T> DeserializeSeed<'de> for PartSeed<'_, T> {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Part, D::Error> {
        input.deserialize_str(self)
    }
}

impl<T> Visitor<'_> for PartSeed<'_, T> {
    type Value = Part;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a property's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Part, E> {
        Ok(self.0.part(name))
    }
}

/// The service copies names that people typed into its replies, raw control characters and all,
/// which JSON forbids inside strings. Most bodies have none below a space, and are taken as they
/// are.
fn with_control_characters_escaped(body: &[u8]) -> Cow<'_, [u8]> {
    if !body.iter().any(|byte| *byte < b' ') {
        return Cow::Borrowed(body);
    }
    let mut clean = Vec::with_capacity(body.len() + 16);
    let mut in_string = false;
    let mut escaped = false;
    for &byte in body {
        if in_string && byte < b' ' {
            clean.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            clean.push(byte);
        }
        in_string ^= byte == b'"' && !escaped;
        escaped = in_string && byte == b'\\' && !escaped;
    }
    Cow::Owned(clean)
}

//! Finding the property of a name in the input.
//!
//! ```text
//! keys: ["name", "size"]    {"size": 1, "colour": 2}
//!
//! current: 1, then ADDITIONAL
//! ```

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};
use wechat_bizwifi_rules::is_same;
use wechat_bizwifi_rules::message::{Arg, Message, UNKNOWN};

use super::{Additional, ObjectInfo};
use crate::wire::context::Context;
use crate::wire::scalar::NUMBER;

/// The index of an additional property, which has no field.
pub(super) const ADDITIONAL: usize = usize::MAX;

/// Looks up the names of properties, without copying them.
pub(super) struct Names<'cx> {
    info: &'static ObjectInfo,
    cx: &'cx Context,
    /// Whether the names of additional properties are needed.
    has_additional: bool,
    /// The index of the field whose value comes next in the input, or [`ADDITIONAL`].
    pub(super) current: usize,
    /// The index of the field whose name comes next, if the object has the schema's order.
    expected: usize,
    /// The spelling that was found, if it is an alias.
    pub(super) alias: Option<&'static str>,
    /// The name that was found, if it is that of an additional property and those are needed.
    pub(super) additional: Option<String>,
}

impl<'cx> Names<'cx> {
    /// Looks for these names, and for those of additional properties, if they are needed.
    pub(super) fn new(info: &'static ObjectInfo, cx: &'cx Context, needs_additional: bool) -> Self {
        let has_additional = needs_additional || info.additional == Additional::Kept;
        Self { info, cx, has_additional, current: 0, expected: 0, alias: None, additional: None }
    }

    /// Finds the field of a name that is not the next one. Out of line, so that the usual path stays small.
    #[inline(never)]
    fn look_up<E: Error>(&mut self, name: &str) -> Result<(), E> {
        if let Some(field) = position(self.info, name) {
            self.found(field);
            return Ok(());
        }
        self.look_up_other(name)
    }

    /// What a name is that no field has.
    #[cold]
    fn look_up_other<E: Error>(&mut self, name: &str) -> Result<(), E> {
        self.current = ADDITIONAL;
        if name == NUMBER {
            return Err(E::invalid_type(Unexpected::Other("number"), &"an object"));
        }
        if self.cx.is_tolerant()
            && let Some((field, alias)) = self.find_alias(name)
        {
            self.found(field);
            self.alias = Some(alias);
        } else if self.info.additional == Additional::Refused && !self.cx.is_tolerant() {
            return Err(self
                .cx
                .at(name, self.cx.fail("additionalProperties", unknown(self.info.keys))));
        } else if self.has_additional {
            self.additional = Some(name.to_owned());
        }
        Ok(())
    }

    #[inline]
    const fn found(&mut self, field: usize) {
        self.current = field;
        self.expected = field + 1;
    }

    fn find_alias(&self, name: &str) -> Option<(usize, &'static str)> {
        let (key, alias) = self.info.aliases.iter().find(|(_, alias)| *alias == name)?;
        Some((position(self.info, key)?, *alias))
    }

    /// Notes that the value of the current field cannot be read.
    #[cold]
    pub(super) fn at<E>(&self, error: E) -> E {
        let first = self.info.keys.get(self.current).copied();
        self.cx.at(self.alias.or(first).unwrap_or_default(), error)
    }
}

/// A hash table of names: the bucket of a name, or the next one that is free, holds its number, from 1 on. `BUCKETS` is
/// a power of two, and more than there are names.
#[expect(clippy::cast_possible_truncation, reason = "macros cannot list so many properties")]
pub const fn buckets<const BUCKETS: usize>(names: &[&str]) -> [u16; BUCKETS] {
    let mut buckets = [0; BUCKETS];
    let mut index = 0;
    while index < names.len() {
        let mut bucket = hash(names[index].as_bytes()) % BUCKETS;
        while buckets[bucket] != 0 {
            bucket = (bucket + 1) % BUCKETS;
        }
        index += 1;
        buckets[bucket] = index as u16;
    }
    buckets
}

/// A hash of all letters, eight at a time.
#[expect(clippy::cast_possible_truncation, reason = "the last bits suffice")]
const fn hash(name: &[u8]) -> usize {
    let mut hash = name.len() as u64;
    let mut rest = name;
    while rest.len() > 8
        && let Some((eight, after)) = rest.split_first_chunk()
    {
        hash = mixed(hash, u64::from_le_bytes(*eight));
        rest = after;
    }
    let hash = match (name.last_chunk(), name.first_chunk(), name.last_chunk()) {
        (Some(eight), ..) => mixed(hash, u64::from_le_bytes(*eight)),
        (None, Some(four), Some(last)) => {
            let four = u32::from_le_bytes(*four) as u64;
            mixed(hash, four << 32 | u32::from_le_bytes(*last) as u64)
        }
        _ => {
            while let [letter, after @ ..] = rest {
                hash = mixed(hash, *letter as u64);
                rest = after;
            }
            hash
        }
    };
    hash as usize
}

/// Multiplies, and folds the product: so its last bits, too, depend on all letters, as those of foldhash do.
#[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
const fn mixed(hash: u64, letters: u64) -> u64 {
    let product = (hash ^ letters) as u128 * 0x243f_6a88_85a3_08d3;
    product as u64 ^ (product >> 64) as u64
}

/// The index of a name. Few names are compared one by one, many are looked up in a hash table.
pub(super) fn position(info: &ObjectInfo, name: &str) -> Option<usize> {
    let Some(last) = info.buckets.len().checked_sub(1) else {
        return info.keys.iter().position(|key| is_same(key, name));
    };
    let mut bucket = hash(name.as_bytes()) & last;
    while let Some(number @ 1..) = info.buckets.get(bucket) {
        let index = usize::from(*number) - 1;
        if info.keys.get(index).is_some_and(|key| is_same(key, name)) {
            return Some(index);
        }
        bucket = (bucket + 1) & last;
    }
    None
}

impl<'de> DeserializeSeed<'de> for &mut Names<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        // A map has strings, a struct identifiers: some formats write these in another way.
        if self.info.additional == Additional::Kept {
            return input.deserialize_str(self);
        }
        input.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a property's name")
    }

    /// Properties nearly always come in the order of the schema, so the next one is tried first.
    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        self.alias = None;
        if !self.info.keys.get(self.expected).is_some_and(|key| is_same(key, name)) {
            return self.look_up(name);
        }
        self.found(self.expected);
        Ok(())
    }

    #[cold]
    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<(), E> {
        match std::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(name), &self)),
        }
    }

    /// Some formats write the index of a field in place of its name.
    #[cold]
    fn visit_u64<E: Error>(self, field: u64) -> Result<(), E> {
        let name = usize::try_from(field).ok().and_then(|field| self.info.keys.get(field));
        match name {
            Some(name) => self.visit_str(name),
            None => Err(E::invalid_value(Unexpected::Unsigned(field), &self)),
        }
    }
}

fn unknown(keys: &[&str]) -> Message {
    UNKNOWN.with([Arg::Text(&Quoted(keys))])
}

struct Quoted<'k>(&'k [&'k str]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(out, "{separator}`{key}`")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Additional, ObjectInfo, buckets, hash, position};

    #[test]
    fn names_that_are_alike_but_for_a_few_letters_have_buckets_of_their_own() {
        const BUCKETS: usize = 2048;
        for [before, after] in
            [["", ""], ["property_", ""], ["", "_property"], ["property_", "_value"]]
        {
            let names: Vec<String> =
                (0..1000).map(|it| format!("{before}{it:03}{after}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let table = buckets::<BUCKETS>(&names);
            let steps = table.iter().enumerate().filter(|(_, number)| **number > 0);
            let steps = steps.map(|(bucket, number)| {
                let name = names[usize::from(*number) - 1];
                (bucket + BUCKETS - hash(name.as_bytes()) % BUCKETS) % BUCKETS
            });
            assert!(steps.sum::<usize>() < names.len(), "{}", names[0]);
        }
    }

    #[test]
    fn a_name_is_found_wherever_it_stands_and_no_other() {
        const KEYS: [&str; 19] = [
            "", "a", "ab", "ba", "aab", "abb", "name", "mane", "nome", "x1", "x2", "x3", "x4",
            "x5", "x6", "1x", "2x", "\u{5143}", "last",
        ];
        const INFO: ObjectInfo = ObjectInfo {
            name: "Example",
            keys: &KEYS,
            buckets: &buckets::<32>(&KEYS),
            fields: "",
            aliases: &[],
            additional: Additional::Ignored,
        };
        for (index, key) in KEYS.iter().enumerate() {
            assert_eq!(position(&INFO, key), Some(index), "{key}");
        }
        for other in ["b", "axb", "nxme", "x7", "\u{5144}", "lest"] {
            assert_eq!(position(&INFO, other), None, "{other}");
        }
        for (count, buckets) in (0..KEYS.len()).flat_map(|it| [(it, INFO.buckets), (it, &[][..])]) {
            let info = ObjectInfo { keys: &KEYS[..count], buckets, ..INFO };
            for (index, key) in KEYS.iter().enumerate() {
                assert_eq!(position(&info, key), Some(index).filter(|it| *it < count), "{key}");
            }
        }
    }
}

//! Reading an object of a type that has a table: what the table asks about is kept, and the table evaluated
//! on that.
//!
//! ```text
//! besides ROOT_RULES;    { "if": { "required": ["kind"] }, .. }
//!
//! {"id": 7, "kind": "x"}    id is read into its field; that there are `id` and `kind` is kept
//! ```

use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::keep::Kept;
use super::reading::read_properties;
use super::{Additional, Object, Whole, finish};
use crate::wire::asked::Asked;
use crate::wire::decode::Context;
use crate::wire::table::{Table, with_fields};
use crate::wire::union::buffer;

/// Reads an object of a type that has a table. Where it is read strictly, what the table asks about is
/// kept.
///
/// # Errors
///
/// When the input is no such object.
pub fn decode_object_by_table<'de, T, D>(
    input: D,
    cx: &Context,
    place: &mut Option<T>,
    table: &'static Table,
) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    let whole = Whole { cx, place };
    if cx.is_tolerant() || !cx.is_json() {
        return begin_object_by_table(input, WholeByTable::of_any(whole));
    }
    if let Some(asked) = table.asked(&T::INFO) {
        return begin_object_by_table(input, WholeByTable { table: Some(table), asked, whole });
    }
    let tree = buffer(input)?;
    let found = table.evaluate_kept(&tree);
    let read = begin_object_by_table(&tree, WholeByTable::of_any(Whole { cx, place: whole.place }));
    with_fields(whole.place.as_ref(), read, found, cx)
}

fn begin_object_by_table<'de, T, D>(input: D, whole: WholeByTable<'_, T>) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    if T::INFO.additional == Additional::Kept || whole.asked.asks_about_additional() {
        return input.deserialize_map(whole);
    }
    input.deserialize_struct(T::INFO.name, T::INFO.keys, whole)
}

/// As [`Whole`], of a type that has a table.
struct WholeByTable<'a, T> {
    whole: Whole<'a, T>,
    /// The table to evaluate, if it is to be.
    table: Option<&'static Table>,
    asked: &'static Asked,
}

impl<'a, T> WholeByTable<'a, T> {
    /// Of an object by whose table nothing is, or is any more, to be evaluated.
    const fn of_any(whole: Whole<'a, T>) -> Self {
        Self { whole, table: None, asked: Asked::NOTHING }
    }
}

impl<'de, T: Object> Visitor<'de> for WholeByTable<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole.expecting(out)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        let Whole { cx, place } = self.whole;
        let mut partial = T::begin();
        let mut kept = Kept::new(self.asked);
        let found = read_properties::<T, A, _>(&mut partial, &mut input, cx, &mut kept)?;
        let violations = match self.table {
            Some(table) => table.evaluate_kept(&kept.into_object()?),
            None => Vec::new(),
        };
        let read = finish(partial, found, cx, place);
        if violations.is_empty() {
            return read;
        }
        with_fields(place.as_ref(), read, violations, cx)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        self.whole.visit_seq(input)
    }
}

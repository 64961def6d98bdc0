//! Reading an object whose fields come in the order of the schema, without names: csv without a header, and binary
//! formats.
//!
//! ```text
//! required id: i64 as "id"; optional name: String as "name";
//!
//! [7, null]
//! ```

use serde::de::SeqAccess;

use super::{FieldVisitor, Object, PartialFields as _, Property};
use crate::wire::context::Context;
use crate::wire::decode::{SeedInto, SeedOrNothing};

/// Reads one field after the other. Fields at the end may be absent: an older version did not know them.
pub(super) fn read_in_order<'de, T: Object, A: SeqAccess<'de>>(
    input: A,
    cx: &Context,
    partial: &mut T::Partial,
) -> Result<(), A::Error> {
    let mut reading = InOrder { input, cx, keys: T::INFO.keys.iter(), outcome: Ok(()) };
    partial.visit(&mut reading);
    reading.outcome
}

struct InOrder<'a, A, E> {
    input: A,
    cx: &'a Context,
    /// The names of the fields to come.
    keys: std::slice::Iter<'static, &'static str>,
    outcome: Result<(), E>,
}

impl<'de, A: SeqAccess<'de>> FieldVisitor for InOrder<'_, A, A::Error> {
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        if self.outcome.is_ok() {
            let read = self.input.next_element_seed(SeedInto { cx: self.cx, place: field });
            self.note(read);
        }
    }

    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        if self.outcome.is_ok() {
            let seed = SeedOrNothing(SeedInto { cx: self.cx, place: field });
            let read = self.input.next_element_seed(seed);
            self.note(read);
        }
    }
}

impl<A, E> InOrder<'_, A, E> {
    /// Notes the outcome of reading the next field.
    fn note(&mut self, read: Result<Option<()>, E>) {
        let key = self.keys.next().copied().unwrap_or_default();
        self.outcome = read.map(drop).map_err(|error| self.cx.at(key, error));
    }
}

//! Reading an object's properties into the fields of its partial value.
//!
//! ```text
//! {"name": "a", "size": 1}    partial.name = Some("a"), partial.size = Some(1)
//! ```

use serde::de::{Error, IgnoredAny, MapAccess};
use wechat_bizwifi_rules::message::TWICE;

use super::additional::AdditionalProperties as _;
use super::keep::{Keep, KeptProperties, is_additional_seen};
use super::names::{ADDITIONAL, Names};
use super::{Additional, FieldVisitor, Object, Partial as _, PartialFields as _, Property};
use crate::wire::context::Context;
use crate::wire::decode::SeedInto;

/// Reads every property. Returns whether there were any.
#[inline]
pub(super) fn read_properties<'de, T, A, K>(
    partial: &mut T::Partial,
    input: &mut A,
    cx: &Context,
    kept: &mut K,
) -> Result<bool, A::Error>
where
    T: Object,
    A: MapAccess<'de>,
    K: Keep<'de>,
{
    let names = Names::new(&T::INFO, cx, kept.needs_additional());
    let mut reading = Reading { input, cx, names, kept, outcome: Ok(()) };
    let mut is_any = false;
    while let Some(()) = reading.input.next_key_seed(&mut reading.names)? {
        is_any = true;
        if reading.names.current == ADDITIONAL {
            // As a constant, the branch that no object of this type takes is not compiled.
            if const { K::KEEPS || matches!(T::INFO.additional, Additional::Kept) } {
                reading.read_additional::<T>(partial)?;
            } else {
                reading.skip()?;
            }
            continue;
        }
        partial.visit_at(reading.names.current, &mut reading);
        if reading.outcome.is_err() {
            break;
        }
    }
    match reading.outcome {
        Ok(()) => Ok(is_any),
        Err(error) => Err(reading.names.at(error)),
    }
}

/// Reads the value of a property into its field. It visits the field whose name came last in the input.
struct Reading<'a, A, E, K> {
    input: &'a mut A,
    cx: &'a Context,
    names: Names<'a>,
    kept: &'a mut K,
    outcome: Result<(), E>,
}

impl<'de, A: MapAccess<'de>, K: Keep<'de>> FieldVisitor for Reading<'_, A, A::Error, K> {
    #[inline]
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        if let Err(error) = self.read(field) {
            self.outcome = Err(error);
        }
    }

    /// In a reply, `null` means that the property is absent.
    #[inline]
    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        if let Err(error) = self.read_or_nothing(field) {
            self.outcome = Err(error);
        }
    }
}

impl<'de, A: MapAccess<'de>, K: Keep<'de>> Reading<'_, A, A::Error, K> {
    #[inline]
    fn read<T: Property>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        if field.is_some() && self.first_wins()? {
            return self.skip();
        }
        let seed = SeedInto { cx: self.cx, place: field };
        self.kept.read(self.names.current, self.input, seed)
    }

    /// A `null` under one spelling of the name does not clear a value that came under another spelling.
    #[inline]
    fn read_or_nothing<T: Property>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        if field.is_some() && self.first_wins()? {
            return self.skip();
        }
        let seed = SeedInto { cx: self.cx, place: field };
        self.kept.read_or_nothing(self.names.current, self.input, seed)
    }

    /// Whether the value that was read first stays: the value under the main spelling of a name wins over those under
    /// its aliases.
    #[cold]
    fn first_wins(&self) -> Result<bool, A::Error> {
        if self.cx.is_tolerant() {
            Ok(self.names.alias.is_some())
        } else {
            Err(self.cx.fail("type", TWICE.into()))
        }
    }

    fn read_additional<T: Object>(&mut self, partial: &mut T::Partial) -> Result<(), A::Error> {
        let Some(name) = self.names.additional.take() else { return self.skip() };
        let kept = if is_additional_seen::<T>() {
            None
        } else {
            self.kept.note_additional(&name, self.input)?
        };
        let additional = partial.additional_mut();
        let Some(kept) = kept else { return additional.read(name, self.input, self.cx) };
        let read = additional.read(name.clone(), &mut KeptProperties::value(&kept), self.cx);
        read.map_err(A::Error::custom)?;
        self.kept.keep_additional(name, kept);
        Ok(())
    }

    fn skip(&mut self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }
}

//! Reading an object's properties into the slots of its draft.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess};

use super::names::{END, Names, OTHER};
use super::{Object, Slots};
use crate::wire::decode::{Context, Decode, Seed, SeedOrNothing};

/// Reads every property, and returns whether there was any.
#[inline]
pub(super) fn read_properties<'de, T, A>(
    draft: &mut T::Draft,
    input: &mut A,
    cx: &Context,
) -> Result<bool, A::Error>
where
    T: Object,
    A: MapAccess<'de>,
{
    let names = Names::new(&T::SHAPE, cx);
    let mut reading = Reading { input, cx, names, slot: 0, outcome: Ok(()) };
    reading.find_next();
    let is_any = reading.names.turn != END;
    while reading.names.turn != END {
        if reading.names.turn == OTHER {
            match reading.read_other::<T>(draft) {
                Ok(()) => reading.find_next(),
                Err(fault) => reading.stop(fault),
            }
        } else {
            reading.slot = 0;
            T::visit(draft, &mut reading);
        }
    }
    reading.outcome.map(|()| is_any)
}

/// Reads an object's properties. It is shown the slots in the order of the schema, and fills each
/// whose turn it is in the input: where both have one order, that is one pass.
struct Reading<'a, A, E> {
    input: &'a mut A,
    cx: &'a Context,
    names: Names<'a>,
    /// The number of the slot that is shown next.
    slot: usize,
    outcome: Result<(), E>,
}

impl<'de, A: MapAccess<'de>> Slots for Reading<'_, A, A::Error> {
    #[inline]
    fn required<T: Decode>(&mut self, slot: &mut Option<T>) {
        if self.names.turn == self.slot {
            let outcome = self.read(slot);
            self.go_on(outcome);
        }
        self.slot += 1;
    }

    /// In a reply, `null` says that it is left out.
    #[inline]
    fn optional<T: Decode>(&mut self, slot: &mut Option<T>) {
        if self.names.turn == self.slot {
            let outcome = self.read_or_nothing(slot);
            self.go_on(outcome);
        }
        self.slot += 1;
    }
}

impl<'de, A: MapAccess<'de>> Reading<'_, A, A::Error> {
    #[inline]
    fn read<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() && self.keeps()? {
            return self.skip();
        }
        *slot = Some(self.input.next_value_seed(Seed::new(self.cx))?);
        Ok(())
    }

    #[inline]
    fn read_or_nothing<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() && self.keeps()? {
            return self.skip();
        }
        let value = self.input.next_value_seed(SeedOrNothing(self.cx, PhantomData))?;
        // Nothing under one spelling does not take back what came under another.
        if value.is_some() {
            *slot = value;
        }
        Ok(())
    }

    /// Whether an earlier spelling's value stays: the first spelling wins over the others.
    #[cold]
    fn keeps(&self) -> Result<bool, A::Error> {
        if self.cx.is_tolerant() {
            Ok(self.names.alias.is_some())
        } else {
            Err(A::Error::custom("appears twice"))
        }
    }

    fn read_other<T: Object>(&mut self, draft: &mut T::Draft) -> Result<(), A::Error> {
        let Some(name) = self.names.other.take() else { return self.skip() };
        let other = Other { input: &mut *self.input, cx: self.cx };
        T::read_other(draft, name.clone(), other).map_err(|fault| self.cx.at(name, fault))
    }

    fn skip(&mut self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }

    /// Goes on to the next property, once the value of a slot was read.
    #[inline]
    fn go_on(&mut self, outcome: Result<(), A::Error>) {
        match outcome {
            Ok(()) => {
                self.names.expect_next();
                self.find_next();
            }
            Err(fault) => self.stop(self.names.at(fault)),
        }
    }

    #[inline]
    fn find_next(&mut self) {
        match self.input.next_key_seed(&mut self.names) {
            Ok(Some(())) => {}
            Ok(None) => self.names.turn = END,
            Err(fault) => self.stop(fault),
        }
    }

    #[cold]
    fn stop(&mut self, fault: A::Error) {
        self.names.turn = END;
        self.outcome = Err(fault);
    }
}

/// The value of a property that is not listed, about to be read.
#[derive(Debug)]
pub struct Other<'a, A> {
    input: &'a mut A,
    cx: &'a Context,
}

impl<'de, A: MapAccess<'de>> Other<'_, A> {
    /// Keeps it.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn keep<T: Decode>(
        self,
        name: String,
        others: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let value = self.input.next_value_seed(Seed::new(self.cx))?;
        if others.insert(name, value).is_some() && !self.cx.is_tolerant() {
            return Err(A::Error::custom("appears twice"));
        }
        Ok(())
    }

    /// Passes over it.
    ///
    /// # Errors
    ///
    /// When the input is broken.
    pub fn skip(self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }
}

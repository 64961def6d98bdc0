//! Reading an object's properties into the fields of its partial value.
//!
//! ```text
//! {"name": "a", "size": 1}    partial.name = Some("a"), partial.size = Some(1)
//! ```

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess};

use super::names::{ADDITIONAL, END, Names};
use super::{FieldVisitor, Object};
use crate::wire::collections::insert;
use crate::wire::decode::{Context, Decode, Seed, SeedOrNothing};

/// Reads every property, and returns whether there was any.
#[inline]
pub(super) fn read_properties<'de, T, A>(
    partial: &mut T::Partial,
    input: &mut A,
    cx: &Context,
) -> Result<bool, A::Error>
where
    T: Object,
    A: MapAccess<'de>,
{
    let names = Names::new(&T::INFO, cx);
    let mut reading = Reading { input, cx, names, field: 0, outcome: Ok(()) };
    reading.find_next();
    let is_any = reading.names.current != END;
    while reading.names.current != END {
        if reading.names.current == ADDITIONAL {
            match reading.read_additional::<T>(partial) {
                Ok(()) => reading.find_next(),
                Err(error) => reading.stop(error),
            }
        } else {
            reading.field = 0;
            T::visit(partial, &mut reading);
        }
    }
    reading.outcome.map(|()| is_any)
}

/// Reads an object's properties. It is shown the fields in the order of the schema, and fills the one
/// that comes next in the input: where both have one order, that is one pass.
struct Reading<'a, A, E> {
    input: &'a mut A,
    cx: &'a Context,
    names: Names<'a>,
    /// The number of the field that is shown next.
    field: usize,
    outcome: Result<(), E>,
}

impl<'de, A: MapAccess<'de>> FieldVisitor for Reading<'_, A, A::Error> {
    #[inline]
    fn required<T: Decode>(&mut self, field: &mut Option<T>) {
        if self.names.current == self.field {
            let outcome = self.read(field);
            self.go_on(outcome);
        }
        self.field += 1;
    }

    /// In a reply, `null` says that it is left out.
    #[inline]
    fn optional<T: Decode>(&mut self, field: &mut Option<T>) {
        if self.names.current == self.field {
            let outcome = self.read_or_nothing(field);
            self.go_on(outcome);
        }
        self.field += 1;
    }
}

impl<'de, A: MapAccess<'de>> Reading<'_, A, A::Error> {
    #[inline]
    fn read<T: Decode>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        if field.is_some() && self.keeps()? {
            return self.skip();
        }
        *field = Some(self.input.next_value_seed(Seed::new(self.cx))?);
        Ok(())
    }

    #[inline]
    fn read_or_nothing<T: Decode>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        if field.is_some() && self.keeps()? {
            return self.skip();
        }
        let value = self.input.next_value_seed(SeedOrNothing(self.cx, PhantomData))?;
        // Nothing under one spelling does not take back what came under another.
        if value.is_some() {
            *field = value;
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

    fn read_additional<T: Object>(&mut self, partial: &mut T::Partial) -> Result<(), A::Error> {
        let Some(name) = self.names.additional.take() else { return self.skip() };
        let value = AdditionalProperty { input: &mut *self.input, cx: self.cx };
        T::read_additional(partial, name, value)
    }

    fn skip(&mut self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }

    /// Goes on to the next property, once the value of a field was read.
    #[inline]
    fn go_on(&mut self, outcome: Result<(), A::Error>) {
        match outcome {
            Ok(()) => {
                self.names.expect_next();
                self.find_next();
            }
            Err(error) => self.stop(self.names.at(error)),
        }
    }

    #[inline]
    fn find_next(&mut self) {
        match self.input.next_key_seed(&mut self.names) {
            Ok(Some(())) => {}
            Ok(None) => self.names.current = END,
            Err(error) => self.stop(error),
        }
    }

    #[cold]
    fn stop(&mut self, error: A::Error) {
        self.names.current = END;
        self.outcome = Err(error);
    }
}

/// The value of an additional property, about to be read.
#[derive(Debug)]
pub struct AdditionalProperty<'a, A> {
    input: &'a mut A,
    cx: &'a Context,
}

impl<'de, A: MapAccess<'de>> AdditionalProperty<'_, A> {
    /// Keeps it.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn keep<T: Decode>(
        self,
        name: String,
        additional: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let value = match self.input.next_value_seed(Seed::new(self.cx)) {
            Ok(value) => value,
            Err(error) => return Err(self.cx.at(name, error)),
        };
        insert(additional, name, value, self.cx)
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

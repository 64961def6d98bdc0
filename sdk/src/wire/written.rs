//! Writing an object: one function for every type, which brings a call for each property.
//!
//! ```text
//! optional town: String as "town";
//!
//! visitor.optional(&self.town)    counts it, or writes it: its name is in a list
//! ```

use std::collections::BTreeMap;

use serde::ser::Serializer;

use super::encode::{Encode, Fields, Properties, begin_object, begin_open_object};
use super::format::Format;
use super::object::Object;
use super::sent::Sent;

/// What is done with the properties of a value that is written: each method is for those of one
/// presence.
pub trait WriteVisitor {
    /// A property that is there.
    fn required<T: Encode>(&mut self, value: &T);

    /// A property that may be left out.
    fn optional<T: Encode>(&mut self, value: &Option<T>);
}

/// An object that is written, whether it is sent or only received.
pub trait Shown: Object {
    /// Shows a visitor every property that has a field, in the order of their names.
    fn show<V: WriteVisitor>(&self, visitor: &mut V);
}

impl<T: Sent> Shown for T {
    #[inline]
    fn show<V: WriteVisitor>(&self, visitor: &mut V) {
        Sent::show(self, visitor);
    }
}

/// Writes an object: as a map where that is the same, since what `serde_json` does of a map is inlined, and
/// what it does of a struct is a function for each type of fields.
///
/// # Errors
///
/// Those of the output.
#[inline]
pub fn write_object<T: Shown, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    if Format::of_output(&output) == Format::Json {
        let mut object = begin_open_object(output, count(value))?;
        write(value, &mut object);
        return object.end();
    }
    let mut object = begin_object(output, T::INFO, count(value))?;
    write(value, &mut object);
    object.end()
}

/// Writes an object with its additional properties.
///
/// # Errors
///
/// Those of the output.
#[inline]
pub fn write_open_object<T: Shown, A: Encode, S: Serializer>(
    value: &T,
    additional: &BTreeMap<String, A>,
    output: S,
) -> Result<S::Ok, S::Error> {
    let mut object = begin_open_object(output, count(value) + additional.len())?;
    write(value, &mut object);
    object.additional(additional);
    object.end()
}

#[inline]
fn count(value: &impl Shown) -> usize {
    let mut count = Count(0);
    Shown::show(value, &mut count);
    count.0
}

/// How many properties with a field are there.
struct Count(usize);

impl WriteVisitor for Count {
    #[inline]
    fn required<T: Encode>(&mut self, _: &T) {
        self.0 += 1;
    }

    #[inline]
    fn optional<T: Encode>(&mut self, value: &Option<T>) {
        self.0 += usize::from(value.is_some());
    }
}

#[inline]
fn write<T: Shown>(value: &T, output: &mut Fields<impl Properties>) {
    Shown::show(value, &mut Written { keys: T::INFO.keys.iter(), output });
}

struct Written<'a, P: Properties> {
    keys: std::slice::Iter<'static, &'static str>,
    output: &'a mut Fields<P>,
}

impl<P: Properties> Written<'_, P> {
    #[inline]
    fn next(&mut self) -> &'static str {
        self.keys.next().copied().unwrap_or_default()
    }
}

impl<P: Properties> WriteVisitor for Written<'_, P> {
    #[inline]
    fn required<T: Encode>(&mut self, value: &T) {
        let name = self.next();
        self.output.required(name, value);
    }

    #[inline]
    fn optional<T: Encode>(&mut self, value: &Option<T>) {
        let name = self.next();
        self.output.optional(name, value);
    }
}

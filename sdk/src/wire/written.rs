//! Writing an object: one function for all types, which calls the type's visitor for each property.
//!
//! ```text
//! optional town: String as "town";
//!
//! visitor.optional(&self.town)    counts the property, or writes it by its name in a list
//! ```

use std::collections::BTreeMap;

use serde::ser::Serializer;

use super::encode::{Encode, Fields, Properties, begin_object, begin_open_object};
use super::format::Format;
use super::object::{Object, Property, PropertyVisitor};

/// Writes an object. As JSON it is written as a map, which gives the same text: `serde_json` inlines the writing of
/// map entries, but has a function for each type of a struct's fields.
///
/// # Errors
///
/// The error of the output.
#[inline]
pub fn write_object<T: Object, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
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
/// The error of the output.
#[inline]
pub fn write_open_object<T: Object, A: Encode, S: Serializer>(
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
fn count(value: &impl Object) -> usize {
    let mut count = Count(0);
    value.show(&mut count);
    count.0
}

/// Counts the properties that have a field and are present.
struct Count(usize);

impl PropertyVisitor<'_> for Count {
    #[inline]
    fn required<T: Property>(&mut self, _: &T) {
        self.0 += 1;
    }

    #[inline]
    fn optional<T: Property>(&mut self, value: &Option<T>) {
        self.0 += usize::from(value.is_some());
    }
}

#[inline]
fn write<T: Object>(value: &T, output: &mut Fields<impl Properties>) {
    value.show(&mut Written { keys: T::INFO.keys.iter(), output });
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

impl<P: Properties> PropertyVisitor<'_> for Written<'_, P> {
    #[inline]
    fn required<T: Property>(&mut self, value: &T) {
        let name = self.next();
        self.output.required(name, value);
    }

    #[inline]
    fn optional<T: Property>(&mut self, value: &Option<T>) {
        let name = self.next();
        self.output.optional(name, value);
    }
}

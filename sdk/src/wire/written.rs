//! Writing an object: one function for all types, which calls the type's visitor for each property.
//!
//! ```text
//! optional town: String as "town";
//!
//! visitor.optional(&self.town)    counts the property, or writes it by its name in a list
//! ```

use serde::ser::Serializer;

use super::encode::{
    Fields, Properties, Written as WrittenJson, begin_object, begin_open_object, object_json,
};
use super::format::Format;
use super::object::{
    Additional, AdditionalProperties, Object, Partial as _, PartialFields as _, Property,
    PropertyVisitor,
};

/// Writes an object. As JSON it is written as a map, which gives the same text: `serde_json` inlines the writing of
/// map entries, but has a function for each type of a struct's fields.
///
/// # Errors
///
/// The error of the output.
#[inline]
pub fn write_object<T: Object, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    // As a constant, the branch that no object of this type takes is not compiled.
    if const { matches!(T::INFO.additional, Additional::Kept) }
        || Format::of_output(&output) == Format::Json
    {
        let additional = value.additional();
        let more = additional.map_or(0, AdditionalProperties::count);
        let mut object = begin_open_object(output, count(value) + more)?;
        write(value, &mut object);
        if let Some(additional) = additional {
            additional.write(&mut object);
        }
        return object.end();
    }
    let mut object = begin_object(output, T::INFO, count(value))?;
    write(value, &mut object);
    object.end()
}

/// The JSON that a builder's object would be sent as, of which some properties may not be set yet.
pub(super) fn partial_json<T: Object>(partial: &T::Partial) -> WrittenJson {
    object_json(|output| {
        partial.show(&mut Written { keys: T::INFO.keys.iter(), output });
        partial.additional().write(output);
    })
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
        self.output.optional(name, value.as_ref());
    }
}

//! Showing an object to whoever debugs it, as a derive would.
//!
//! ```text
//! Shop { id: 7, note: None }
//! ```

use std::fmt::{self, Debug, DebugStruct, Formatter};

use super::Object;
use super::visitors::{FieldVisitor, Property, PropertyVisitor};

/// The names of the fields, in the order of the properties.
type Names<'a> = &'a [&'static str];

/// What else there is, with its name.
type Others<'a> = &'a [(&'static str, &'a dyn Debug)];

/// Shows an object.
///
/// # Errors
///
/// Those of the output.
pub fn debug<T: Object>(
    value: &T,
    names: Names<'_>,
    others: Others<'_>,
    out: &mut Formatter<'_>,
) -> fmt::Result {
    let mut shown = Shown { names: names.iter(), output: out.debug_struct(T::INFO.name) };
    value.show(&mut shown);
    shown.end(others)
}

/// Shows what a builder holds: a copy of it, since fields are shown to visitors to be changed.
///
/// # Errors
///
/// Those of the output.
pub fn debug_builder<T: Object>(
    mut partial: T::Partial,
    names: Names<'_>,
    others: Others<'_>,
    out: &mut Formatter<'_>,
) -> fmt::Result {
    let name = format!("{}Builder", T::INFO.name);
    let mut shown = Shown { names: names.iter(), output: out.debug_struct(&name) };
    T::visit(&mut partial, &mut shown);
    shown.end(others)
}

struct Shown<'a, 'f, 'o> {
    names: std::slice::Iter<'a, &'static str>,
    output: DebugStruct<'f, 'o>,
}

impl Shown<'_, '_, '_> {
    fn field(&mut self, value: &dyn Debug) {
        let name = self.names.next().copied().unwrap_or_default();
        self.output.field(name, value);
    }

    fn end(mut self, others: Others<'_>) -> fmt::Result {
        for (name, value) in others {
            self.output.field(name, value);
        }
        self.output.finish()
    }
}

impl PropertyVisitor<'_> for Shown<'_, '_, '_> {
    fn required<T: Property>(&mut self, value: &T) {
        self.field(value);
    }

    fn optional<T: Property>(&mut self, value: &Option<T>) {
        self.field(value);
    }
}

impl FieldVisitor for Shown<'_, '_, '_> {
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        self.field(field);
    }

    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        self.field(field);
    }
}

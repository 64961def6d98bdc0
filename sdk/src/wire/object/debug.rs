//! Showing an object to whoever debugs it, as a derive would.
//!
//! ```text
//! Shop { id: 7, note: None }
//! ```

use std::fmt::{self, Debug, DebugStruct, Formatter};

use super::additional::AdditionalProperties;
use super::visitors::{Property, PropertyVisitor};
use super::{Object, Partial as _, PartialFields as _};
use crate::wire::builder::RefusedValues;

/// Shows an object.
///
/// # Errors
///
/// The error of the output.
pub fn debug<T: Object>(value: &T, out: &mut Formatter<'_>) -> fmt::Result {
    let mut shown = Shown::new(T::INFO.fields, T::INFO.name, out);
    value.show(&mut shown);
    shown.finish(&[(ADDITIONAL, value.additional().and_then(AdditionalProperties::shown))])
}

/// Shows what a builder holds.
///
/// # Errors
///
/// The error of the output.
pub fn debug_builder<T: Object>(
    partial: &T::Partial,
    refused_values: &RefusedValues,
    out: &mut Formatter<'_>,
) -> fmt::Result {
    let mut shown = Shown::new(T::INFO.fields, &format!("{}Builder", T::INFO.name), out);
    partial.show(&mut shown);
    shown.finish(&[
        (ADDITIONAL, partial.additional().shown()),
        ("refused_values", Some(refused_values)),
    ])
}

/// The field of additional properties.
const ADDITIONAL: &str = "additional_properties";

/// Further fields with their names.
type FurtherFields<'a> = &'a [(&'static str, Option<&'a dyn Debug>)];

struct Shown<'f, 'o> {
    /// The names of the fields to come.
    names: &'static str,
    output: DebugStruct<'f, 'o>,
}

impl<'f, 'o> Shown<'f, 'o> {
    fn new(fields: &'static str, name: &str, output: &'f mut Formatter<'o>) -> Self {
        Self { names: fields, output: output.debug_struct(name) }
    }

    fn finish(mut self, further: FurtherFields<'_>) -> fmt::Result {
        for (name, value) in further {
            if let Some(value) = value {
                self.output.field(name, *value);
            }
        }
        self.output.finish()
    }

    fn field(&mut self, value: &dyn Debug) {
        let (name, rest) = self.names.split_once(',').unwrap_or((self.names, ""));
        self.names = rest.trim_start();
        self.output.field(name, value);
    }
}

impl PropertyVisitor<'_> for Shown<'_, '_> {
    fn required<T: Property>(&mut self, value: &T) {
        self.field(value);
    }

    fn optional<T: Property>(&mut self, value: &Option<T>) {
        self.field(value);
    }
}

//! Visitors of the properties of an object. Generated code has one call for each property, which serves all purposes:
//!
//! ```text
//! optional size: i64 as "size", [Minimum(1)];
//!
//! visitor.optional(&mut partial.size)    reads the property, or checks it in a builder
//! visitor.optional(&self.size)           writes, checks or shows it
//! ```
//!
//! The names and the rules of properties are in lists, in the same order.

use std::fmt::Debug;

use crate::wire::check::Check;
use crate::wire::decode::Decode;
use crate::wire::encode::Encode;

/// A type that a property may have.
pub trait Property: Decode + Check + Encode + Debug {}

impl<T: Decode + Check + Encode + Debug> Property for T {}

/// A visitor of the partial fields of a partial value, with one method for each kind of presence.
pub trait FieldVisitor {
    /// The partial field of a required property.
    fn required<T: Property>(&mut self, field: &mut Option<T>);

    /// The partial field of a required property with one possible value.
    #[inline]
    fn fixed<T: Property + Default>(&mut self, field: &mut Option<T>) {
        self.required(field);
    }

    /// The partial field of an optional property.
    fn optional<T: Property>(&mut self, field: &mut Option<T>);
}

/// A visitor of the properties of a value that lives for `'v`, with one method for each kind of presence.
pub trait PropertyVisitor<'v> {
    /// A required property.
    fn required<T: Property>(&mut self, value: &'v T);

    /// A property that must be there and has one possible value.
    #[inline]
    fn fixed<T: Property>(&mut self, value: &'v T) {
        self.required(value);
    }

    /// An optional property.
    #[inline]
    fn optional<T: Property>(&mut self, value: &'v Option<T>) {
        match value {
            Some(value) => self.required(value),
            None => self.absent(),
        }
    }

    /// An optional property that is absent.
    #[inline]
    fn absent(&mut self) {}
}

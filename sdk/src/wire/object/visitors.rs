//! What is done with the properties of an object, with one call for each: whoever compiles generated
//! code pays for each call in it.
//!
//! ```text
//! optional size: i64 as "size", [Minimum(1)];
//!
//! visitor.optional(&mut partial.size)    reads it, or checks what a builder holds
//! visitor.optional(&self.size)           writes it, checks it, or shows it
//! ```
//!
//! Names and rules of properties are in lists, in the same order.

use std::fmt::Debug;

use crate::wire::check::Check;
use crate::wire::decode::Decode;
use crate::wire::encode::Encode;

/// A type that a property may have.
pub trait Property: Decode + Check + Encode + Debug {}

impl<T: Decode + Check + Encode + Debug> Property for T {}

/// What is done with the fields of a partial value: each method is for the properties of one
/// presence.
pub trait FieldVisitor {
    /// The field of a property that must be there.
    fn required<T: Property>(&mut self, field: &mut Option<T>);

    /// The field of a property that must be there and has one possible value.
    #[inline]
    fn fixed<T: Property + Default>(&mut self, field: &mut Option<T>) {
        self.required(field);
    }

    /// The field of a property that may be left out.
    fn optional<T: Property>(&mut self, field: &mut Option<T>);
}

/// What is done with the properties of a whole value, for as long as that is there: each method is for those of
/// one presence.
pub trait PropertyVisitor<'v> {
    /// A property that must be there.
    fn required<T: Property>(&mut self, value: &'v T);

    /// A property that must be there and has one possible value.
    #[inline]
    fn fixed<T: Property>(&mut self, value: &'v T) {
        self.required(value);
    }

    /// A property that may be left out.
    fn optional<T: Property>(&mut self, value: &'v Option<T>);
}

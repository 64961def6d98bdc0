//! The parts of an object that is being read or built: a partial field for each property.
//!
//! ```text
//! required id: i64 as "id"; optional name: String as "name";
//!
//! (Option<i64>, Optional<String>)
//! ```
//!
//! The partial fields are tuples, which are handled here for all types, so that generated code needs no
//! functions for them.

use wechat_bizwifi_rules::Leaf;

use super::Object;
use super::additional::AdditionalProperties;
use super::names::position;
use super::visitors::{FieldVisitor, Property, PropertyVisitor};

/// The parts of an object.
pub trait Partial: PartialFields {
    /// The additional properties, `()` if the type keeps none.
    type Additional: AdditionalProperties;

    /// The additional properties.
    fn additional(&self) -> &Self::Additional;

    /// The additional properties, to add to.
    fn additional_mut(&mut self) -> &mut Self::Additional;
}

/// The partial fields of an object.
pub trait PartialFields {
    /// Nothing is set.
    fn begin() -> Self;

    /// Passes the partial field of this index to a visitor.
    fn visit_at<V: FieldVisitor>(&mut self, at: usize, visitor: &mut V);

    /// Passes every partial field to a visitor, in order.
    fn visit<V: FieldVisitor>(&mut self, visitor: &mut V);

    /// Passes every partial field to a visitor of values. All are optional to it.
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V);
}

/// The partial field of a property. Its type says whether the property is required.
pub trait PartialField {
    /// Nothing is set.
    fn empty() -> Self;

    /// Calls the method of a visitor for this kind of property.
    fn visit<V: FieldVisitor>(&mut self, visitor: &mut V);

    /// Passes the value, if it is set, to a visitor of values.
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V);
}

/// The partial field of a required property.
impl<T: Property> PartialField for Option<T> {
    #[inline]
    fn empty() -> Self {
        None
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, visitor: &mut V) {
        visitor.required(self);
    }

    #[inline]
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V) {
        visitor.optional(self);
    }
}

/// The partial field of a required property with one possible value.
#[derive(Clone, Debug)]
pub struct Fixed<T>(pub Option<T>);

impl<T: Property + Default> PartialField for Fixed<T> {
    #[inline]
    fn empty() -> Self {
        Self(None)
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, visitor: &mut V) {
        visitor.fixed(&mut self.0);
    }

    #[inline]
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V) {
        visitor.optional(&self.0);
    }
}

/// The partial field of an optional property.
#[derive(Clone, Debug)]
pub struct Optional<T>(pub Option<T>);

impl<T: Property> PartialField for Optional<T> {
    #[inline]
    fn empty() -> Self {
        Self(None)
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, visitor: &mut V) {
        visitor.optional(&mut self.0);
    }

    #[inline]
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V) {
        visitor.optional(&self.0);
    }
}

/// The parts of an object: the partial fields of its properties, and its additional properties, if the type keeps them.
#[derive(Clone, Debug)]
pub struct Parts<F, A = ()>(pub F, pub A);

impl<F: PartialFields, A: AdditionalProperties> Partial for Parts<F, A> {
    type Additional = A;

    #[inline]
    fn additional(&self) -> &A {
        &self.1
    }

    #[inline]
    fn additional_mut(&mut self) -> &mut A {
        &mut self.1
    }
}

impl<F: PartialFields, A: AdditionalProperties> PartialFields for Parts<F, A> {
    #[inline]
    fn begin() -> Self {
        Self(F::begin(), A::default())
    }

    #[inline]
    fn visit_at<V: FieldVisitor>(&mut self, at: usize, visitor: &mut V) {
        self.0.visit_at(at, visitor);
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, visitor: &mut V) {
        self.0.visit(visitor);
    }

    #[inline]
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V) {
        self.0.show(visitor);
    }
}

/// The value of the property of this name, if it is set to a whole number from 0 on.
pub fn count_of<T: Object>(partial: &mut T::Partial, property: &str) -> Option<u64> {
    let mut counted = Counted(None);
    partial.visit_at(position(&T::INFO, property)?, &mut counted);
    counted.0
}

struct Counted(Option<u64>);

impl FieldVisitor for Counted {
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        if let Some(Leaf::Number(number)) = field.as_ref().map(T::leaf) {
            self.0 = number.to_i128().and_then(|number| u64::try_from(number).ok());
        }
    }

    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        self.required(field);
    }
}

impl PartialFields for () {
    fn begin() -> Self {}

    fn visit_at<V: FieldVisitor>(&mut self, _: usize, _: &mut V) {}

    fn visit<V: FieldVisitor>(&mut self, _: &mut V) {}

    fn show<'v, V: PropertyVisitor<'v>>(&'v self, _: &mut V) {}
}

/// Tuples of one partial field, of two, and so on. An object with more properties has a tuple of the
/// rest as its last part.
macro_rules! tuples {
    ([$( $part:ident $at:tt )+]) => {
        tuples!(@one [$( $part $at )+] [Rest 16]);
    };
    ([$( $part:ident $at:tt )*] $next:ident $next_at:tt $( $more:tt )*) => {
        tuples!(@one [$( $part $at )* $next $next_at] []);
        tuples!([$( $part $at )* $next $next_at] $( $more )*);
    };
    (@one [$( $part:ident $at:tt )+] [$( $rest:ident $rest_at:tt )?]) => {
        impl<$( $part: PartialField, )+ $( $rest: PartialFields, )?> PartialFields
            for ($( $part, )+ $( $rest, )?)
        {
            #[inline]
            fn begin() -> Self {
                ($( $part::empty(), )+ $( $rest::begin(), )?)
            }

            #[inline]
            fn visit_at<V: FieldVisitor>(&mut self, at: usize, visitor: &mut V) {
                match at {
                    $( $at => self.$at.visit(visitor), )+
                    _ => {
                        $( self.$rest_at.visit_at(at - $rest_at, visitor); )?
                    }
                }
            }

            #[inline]
            fn visit<V: FieldVisitor>(&mut self, visitor: &mut V) {
                $( self.$at.visit(visitor); )+
                $( self.$rest_at.visit(visitor); )?
            }

            #[inline]
            fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V) {
                $( self.$at.show(visitor); )+
                $( self.$rest_at.show(visitor); )?
            }
        }
    };
}

tuples!([] A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15);

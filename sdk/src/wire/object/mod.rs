//! Reading a JSON object: one loop for all types, which calls the type's visitor for each property.
//!
//! ```text
//! optional size: i64 as "size";
//!
//! visitor.optional(&mut partial.size)    the generated call that passes the field to the visitor
//! ```

use std::fmt;

use serde::Serialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use wechat_bizwifi_rules::Schema;
use wechat_bizwifi_rules::message::{Arg, MISSING};

mod additional;
mod boxed;
mod by_table;
mod debug;
mod in_order;
mod info;
mod keep;
mod names;
mod partial;
mod reading;
#[cfg(test)]
mod table_tests;
mod visitors;

pub(super) use additional::AdditionalProperties;
use by_table::decode_object_by_table;
pub use debug::{debug, debug_builder};
use in_order::read_in_order;
pub use info::{Additional, ObjectInfo};
use keep::{KeepNothing, KeptProperties};
pub use names::buckets;
pub(super) use partial::PartialFields;
pub use partial::{Fixed, Optional, Partial, Parts, count_of};
use reading::read_properties;
pub(super) use visitors::Property;
pub use visitors::{FieldVisitor, PropertyVisitor};

use super::by_tag::Begun;
use super::checked::check_object;
use super::checker::{Checker, Levels};
use super::context::Context;
use super::decode::{Decode, Target, read_in_place};
use super::field_order::FieldOrder;
use super::format::Format;
use super::table::{Evaluation, Table};

/// A struct that is a JSON object.
pub trait Object: Sized + Serialize {
    /// An object that is being read or built: a partial field for each property.
    type Partial: Partial;
    /// The name of the type, its properties, and how additional ones are treated.
    const INFO: ObjectInfo;

    /// The orders of properties that are checked without a table.
    const ORDERS: &'static [FieldOrder] = &[];
    /// How the type's table is evaluated on a value that will be sent, if the type has a table.
    const EVALUATION: Option<Evaluation> = None;

    /// The type's table.
    fn table() -> &'static Table {
        static NO_RULES: Table = Table::new(&Schema(&[]));
        &NO_RULES
    }

    /// Makes the object of its parts.
    ///
    /// # Errors
    ///
    /// The same partial value, if a required property is absent.
    fn finish(partial: Self::Partial) -> Result<Self, Self::Partial>;

    /// Passes every property that has a field to a visitor, in the order of [`ObjectInfo::keys`].
    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V);

    /// The additional properties, if the type keeps them.
    #[inline]
    fn additional(&self) -> Option<&AdditionalOf<Self>> {
        None
    }

    /// The rules of each property, in the same order, and then those of additional properties; empty for a type that
    /// is only received.
    #[inline]
    fn rules() -> &'static [Levels] {
        &[]
    }

    /// Reports every violation: of its properties, and of the type's table, if it has one.
    #[inline]
    fn check_all(&self, at: &mut Checker<'_>) {
        check_object(self, at);
    }

    /// Reads an object into its place, and evaluates the type's table, if it has one.
    ///
    /// # Errors
    ///
    /// When the input is not such an object.
    #[inline]
    fn read<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        // As a constant, the branch that no object of this type takes is not compiled.
        if const { Self::EVALUATION.is_some() } {
            return decode_object_by_table(input, cx, place);
        }
        decode_object(input, ObjectVisitor(Target::new(cx, place)))
    }
}

/// The additional properties of a type, `()` if it keeps none.
pub(super) type AdditionalOf<T> = <<T as Object>::Partial as Partial>::Additional;

/// All objects are read in the same way, so that generated code only lists the fields of a type.
impl<T: Object> Decode for T {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        read_in_place(|place| T::read(input, cx, place))
    }

    #[inline]
    fn decode_into<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        T::read(input, cx, place)
    }

    /// If a table has to be evaluated, the whole object is kept first.
    fn decode_begun<'de, A: MapAccess<'de>>(
        input: Begun<'de, A>,
        cx: &Context,
    ) -> Result<Self, A::Error> {
        if T::EVALUATION.is_some() && !cx.is_tolerant() {
            return T::decode(&input.kept()?, cx).map_err(A::Error::custom);
        }
        read_in_place(|place| decode_rest(input, cx, place))
    }

    /// Placeholders are `null`, `[]`, and, if a property is required, `{}`.
    #[inline]
    fn decode_or_nothing<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        input.deserialize_option(ObjectVisitor(Target { cx, may_be_nothing: true, place }))
    }
}

/// Looks for required properties that are absent. In a reply, some get a default value (see [`Decode::absent`]).
struct MissingFields<'a> {
    cx: &'a Context,
    /// The number of fields visited.
    seen: usize,
    /// The index of the first property that is missing.
    missing: Option<usize>,
}

impl FieldVisitor for MissingFields<'_> {
    #[inline]
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        if field.is_none() && self.cx.is_tolerant() {
            *field = T::absent();
        }
        if field.is_none() {
            self.missing.get_or_insert(self.seen);
        }
        self.seen += 1;
    }

    #[inline]
    fn optional<T: Property>(&mut self, _: &mut Option<T>) {
        self.seen += 1;
    }
}

/// Sets the properties that have only one possible value.
struct FixedFields;

impl FieldVisitor for FixedFields {
    fn required<T: Property>(&mut self, _: &mut Option<T>) {}

    fn fixed<T: Property + Default>(&mut self, field: &mut Option<T>) {
        *field = Some(T::default());
    }

    fn optional<T: Property>(&mut self, _: &mut Option<T>) {}
}

/// What a builder starts with: only properties that have one possible value are set.
pub fn begin_fixed<T: Object>() -> T::Partial {
    let mut partial = T::Partial::begin();
    partial.visit(&mut FixedFields);
    partial
}

/// Makes the object of its parts, and puts it in its place.
///
/// # Errors
///
/// When a required property is missing.
#[inline]
fn finish<T: Object, E: Error>(
    partial: T::Partial,
    cx: &Context,
    place: &mut Option<T>,
) -> Result<(), E> {
    match T::finish(partial) {
        Ok(object) => *place = Some(object),
        Err(partial) => match complete(partial, cx) {
            Ok(object) => *place = Some(object),
            Err((_, missing)) => return Err(lacks(&T::INFO, missing, cx)),
        },
    }
    Ok(())
}

/// Adds default values for what a reply may leave out, and makes the object. If a property is still missing, returns
/// the parts and its index.
#[cold]
fn complete<T: Object>(
    mut partial: T::Partial,
    cx: &Context,
) -> Result<T, (T::Partial, Option<usize>)> {
    let mut fields = MissingFields { cx, seen: 0, missing: None };
    partial.visit(&mut fields);
    T::finish(partial).map_err(|partial| (partial, fields.missing))
}

#[cold]
fn lacks<E: Error>(info: &ObjectInfo, missing: Option<usize>, cx: &Context) -> E {
    let property = missing.and_then(|index| info.keys.get(index)).copied().unwrap_or_default();
    cx.fail("required", MISSING.with([Arg::Text(&property)]))
}

/// Reads an object.
///
/// # Errors
///
/// When the input is not such an object.
#[inline]
fn decode_object<'de, T, D>(input: D, visitor: ObjectVisitor<'_, T>) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    // As a constant, the branch that no object of this type takes is not compiled.
    if const { matches!(T::INFO.additional, Additional::Kept) } {
        return input.deserialize_map(visitor);
    }
    input.deserialize_struct(T::INFO.name, T::INFO.keys, visitor)
}

/// Reads an object whose first properties were read before.
fn decode_rest<'de, T: Object, A: MapAccess<'de>>(
    input: Begun<'de, A>,
    cx: &Context,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    let Begun { first, mut rest } = input;
    let mut partial = T::Partial::begin();
    let mut kept = KeptProperties::new(&first);
    let read = read_properties::<T, _, _>(&mut partial, &mut kept, cx, &mut KeepNothing);
    read.map_err(A::Error::custom)?;
    read_properties::<T, A, _>(&mut partial, &mut rest, cx, &mut KeepNothing)?;
    finish(partial, cx, place)
}

/// Reads an object into its place.
struct ObjectVisitor<'a, T>(Target<'a, T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_nothing = if self.0.may_be_nothing { " or nothing" } else { "" };
        write!(out, "an object ({}){or_nothing}", T::INFO.name)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.read_null(&self)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_struct(T::INFO.name, T::INFO.keys, self)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        let Target { cx, may_be_nothing, place } = self.0;
        let mut partial = T::Partial::begin();
        let is_any = read_properties::<T, A, _>(&mut partial, &mut input, cx, &mut KeepNothing)?;
        match finish(partial, cx, place) {
            Err(_) if may_be_nothing && !is_any => Ok(()),
            outcome => outcome,
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        if self.0.may_be_nothing && input.next_element::<IgnoredAny>()?.is_none() {
            return Ok(());
        }
        if !Format::may_have_every_field::<A::Error>() || !self.0.cx.has_every_field() {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let mut partial = T::Partial::begin();
        read_in_order::<T, A>(input, self.0.cx, &mut partial)?;
        finish(partial, self.0.cx, self.0.place)
    }
}

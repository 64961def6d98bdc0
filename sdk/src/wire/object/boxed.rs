//! Objects in boxes, such as those that contain themselves: they are read and checked as without.
//!
//! Other types in boxes have macros that say so, since a `Box` of a type of another crate may have any
//! trait there: an `impl` for all of them would collide with the one for all objects.

use std::fmt::Debug;

use serde::de::{Deserializer, MapAccess};

use super::{AdditionalProperty, Object, ObjectInfo, PropertyVisitor};
use crate::wire::checker::{Checker, Levels};
use crate::wire::context::Context;

impl<T: Object> Object for Box<T> {
    type Partial = T::Partial;

    const INFO: ObjectInfo = T::INFO;
    const HAS_TABLE: bool = T::HAS_TABLE;

    fn read_additional<'de, A: MapAccess<'de>>(
        partial: &mut T::Partial,
        name: String,
        value: AdditionalProperty<'_, A>,
    ) -> Result<(), A::Error> {
        T::read_additional(partial, name, value)
    }

    fn finish(partial: T::Partial) -> Result<Self, T::Partial> {
        T::finish(partial).map(Self::new)
    }

    fn read<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        let mut object = None;
        T::read(input, cx, &mut object)?;
        *place = object.map(Self::new);
        Ok(())
    }

    fn show<'v, V: PropertyVisitor<'v>>(&'v self, visitor: &mut V) {
        (**self).show(visitor);
    }

    fn shown_additional(&self) -> Option<&dyn Debug> {
        (**self).shown_additional()
    }

    fn rules() -> &'static [Levels] {
        T::rules()
    }

    fn check_all(&self, at: &mut Checker<'_>) {
        (**self).check_all(at);
    }
}

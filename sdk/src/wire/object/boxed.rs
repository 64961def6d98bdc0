//! Objects in boxes, such as those that contain themselves. They are read and checked like the objects.
//!
//! ```text
//! { "$defs": { "Tree": { "properties": { "left": { "$ref": "#/$defs/Tree" } } } } }
//!
//! optional borrow left: Box<Tree> as "left";
//! ```
//!
//! For other types in boxes, a macro implements the traits: an `impl` for `Box<T>` of all types would overlap with
//! the `impl` for all objects.

use serde::de::Deserializer;

use super::{AdditionalOf, Evaluation, Object, ObjectInfo, PropertyVisitor};
use crate::wire::checker::{Checker, Levels};
use crate::wire::context::Context;
use crate::wire::table::Table;

impl<T: Object> Object for Box<T> {
    type Partial = T::Partial;

    const INFO: ObjectInfo = T::INFO;
    const EVALUATION: Option<Evaluation> = T::EVALUATION;

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

    fn additional(&self) -> Option<&AdditionalOf<T>> {
        (**self).additional()
    }

    fn rules() -> &'static [Levels] {
        T::rules()
    }

    fn table() -> &'static Table {
        T::table()
    }

    fn check_all(&self, at: &mut Checker<'_>) {
        (**self).check_all(at);
    }
}

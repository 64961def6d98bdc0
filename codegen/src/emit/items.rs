//! What the items of an object look like to those who use them, for comparing two versions.

use super::constructor::Constructor;
use super::objects;
use super::text::type_text;
use super::types::field_type;
use crate::model::{Object, Property, TypeId};
use crate::plan::Plan;

/// An object whose items are asked for.
pub(crate) struct ObjectItems<'p> {
    pub(crate) plan: &'p Plan<'p>,
    pub(crate) id: TypeId,
}

impl ObjectItems<'_> {
    /// The Rust type of a property, as source.
    pub(crate) fn field_type(&self, property: &Property) -> String {
        type_text(&field_type(self.plan, self.id, &property.ty))
    }

    /// The form in which a getter gives the value.
    pub(crate) fn view(&self, property: &Property) -> &'static str {
        objects::view(self.plan, self.id, property)
    }

    /// Whether the property can have one value alone, and so has no setter.
    pub(crate) fn is_fixed(&self, property: &Property) -> bool {
        self.plan.is_fixed(property)
    }

    /// The signature of `new`, as source, if there is one.
    pub(crate) fn signature_of_new(&self, object: &Object) -> Option<String> {
        let constructor = Constructor::of(self.plan, self.id, object)?;
        Some(constructor.signature(self.plan, self.id))
    }
}

//! Which properties of objects are boxed: those that would make a type contain itself, and large
//! ones in large objects. In a build without optimisation, each move of a value takes its own space
//! on the stack, which is 2 MiB for a thread.
//!
//! ```text
//! { "properties": { "a": A, "b": B, .. 400 more } }
//!
//! pub a: Option<Box<A>>, and so for each that is no string or number
//! ```

use super::Plan;
use crate::model::{AdditionalProperties, Body, Object, TypeExpr, TypeId, TypeMap, TypeSet};
use crate::util::{CollectVec as _, PushAll as _};

/// An object that would take more bytes than this has its large parts boxed.
const LARGE: usize = 8192;

/// The same in documents. Their objects mostly have few of their many properties, and reading one
/// would mostly move empty fields.
const LARGE_IN_DOCUMENTS: usize = 2048;

/// The size up to which a property is not boxed.
const SMALL_PART: usize = 64;

/// The size from about which clippy warns of a variant in an enum whose other variants are small.
const LARGE_VARIANT: usize = 160;

/// The size of a box, and of anything else with 64 bits.
const WORD: usize = 8;
const STRING: usize = 24;
const JSON: usize = 32;

/// What is boxed, and the approximate sizes of types with these boxes.
#[derive(Default)]
pub(super) struct Boxes {
    /// The types of the properties that are boxed in an object.
    parts: TypeMap<Vec<TypeId>>,
    sizes: TypeMap<usize>,
}

impl Boxes {
    fn box_in(&mut self, owner: TypeId, parts: impl IntoIterator<Item = TypeId>) {
        self.parts.entry(owner).get_or_insert_default().push_all(parts);
    }
}

impl Plan<'_> {
    /// Whether a property is boxed in its object.
    pub(crate) fn is_boxed(&self, owner: TypeId, ty: &TypeExpr) -> bool {
        let boxed = self.boxes.parts.get(owner);
        boxed.zip(ty.named()).is_some_and(|(boxed, part)| boxed.contains(&part))
    }

    /// Whether values of a type are boxed in some object.
    pub(crate) fn is_part_in_box(&self, id: TypeId) -> bool {
        self.boxes.parts.iter().any(|(_, parts)| parts.contains(&id))
    }

    /// Whether a variant of this type may be much larger than others.
    pub(crate) fn is_large(&self, ty: &TypeExpr) -> bool {
        let size = ty.named().and_then(|id| self.boxes.sizes.get(id));
        size.is_some_and(|size| *size >= LARGE_VARIANT)
    }

    /// Finds the properties to be boxed.
    pub(super) fn find_boxes(&mut self) {
        let mut boxes = Boxes::default();
        for id in self.types.keys() {
            self.size_of(id, &mut boxes);
        }
        self.boxes = boxes;
    }

    fn size_of(&self, id: TypeId, boxes: &mut Boxes) -> usize {
        if let Some(known) = boxes.sizes.get(id) {
            return *known;
        }
        // A property that leads back to this type is boxed.
        boxes.sizes.insert(id, WORD);
        let mut size = |ty: &TypeExpr| self.size_of_expr(ty, boxes);
        let size = match &self.model.get(id).body {
            Body::Enum(values) if values.of_text && self.of(id).received => STRING,
            Body::Pending | Body::Enum(_) => WORD,
            Body::Newtype(ty, _) => size(ty),
            Body::Union(union) => {
                union.variants.iter().map(|variant| size(&variant.ty)).fold(JSON, usize::max) + WORD
            }
            Body::Object(object) => self.size_of_object(id, object, boxes),
        };
        boxes.sizes.insert(id, size);
        size
    }

    fn size_of_object(&self, id: TypeId, object: &Object, boxes: &mut Boxes) -> usize {
        let additional = match object.additional {
            AdditionalProperties::Kept(_) => STRING,
            AdditionalProperties::Ignored | AdditionalProperties::Refused => 0,
        };
        let parts = object.properties.iter().map(|property| &property.ty);
        let parts = parts.map(|ty| (ty.named(), self.size_of_part(id, ty, boxes))).collect_vec();
        let size = parts.iter().map(|(_, size)| size).sum::<usize>() + additional;
        if size <= if self.model.is_of_documents() { LARGE_IN_DOCUMENTS } else { LARGE } {
            return size;
        }
        let (boxed, plain): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|(part, size)| part.is_some() && *size > SMALL_PART);
        boxes.box_in(id, boxed.iter().filter_map(|(part, _)| *part));
        plain.iter().map(|(_, size)| size).sum::<usize>() + boxed.len() * WORD + additional
    }

    /// The size of a property's type, which is boxed if it contains the object.
    fn size_of_part(&self, owner: TypeId, ty: &TypeExpr, boxes: &mut Boxes) -> usize {
        let size = self.size_of_expr(ty, boxes);
        match ty.named().filter(|part| self.contains(*part, owner)) {
            Some(part) => {
                boxes.box_in(owner, [part]);
                WORD
            }
            None => size,
        }
    }

    fn size_of_expr(&self, ty: &TypeExpr, boxes: &mut Boxes) -> usize {
        match ty.peeled() {
            TypeExpr::Named(id) => self.size_of(*id, boxes),
            TypeExpr::Text(_) | TypeExpr::Secret(_) | TypeExpr::List(..) | TypeExpr::Map(..) => {
                STRING
            }
            TypeExpr::Any => JSON,
            // Numbers and booleans, as an `Option`.
            _ => 2 * WORD,
        }
    }

    /// Whether values of `outer` contain one of `inner` without a heap allocation in between: then
    /// `inner` cannot contain `outer` in the same way.
    fn contains(&self, outer: TypeId, inner: TypeId) -> bool {
        let mut seen = TypeSet::default();
        let mut left = vec![outer];
        while let Some(id) = left.pop() {
            if id == inner {
                return true;
            }
            if seen.insert(id, ()).is_none() {
                left.push_all(self.held_directly(id));
            }
        }
        false
    }

    /// The named types of which a value is contained without a heap allocation.
    fn held_directly(&self, id: TypeId) -> Vec<TypeId> {
        let ty = self.model.get(id);
        // Additional properties are in a map, which allocates.
        let held = match ty.object() {
            Some(object) => object.properties.iter().map(|property| &property.ty).collect_vec(),
            None => ty.types(),
        };
        held.into_iter().filter_map(TypeExpr::named).collect_vec()
    }
}

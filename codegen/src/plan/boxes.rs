//! Which parts of objects are boxed: what would contain itself otherwise, and what makes an object too
//! large. A value is moved about, and in a build without optimisation each move takes a place of its own
//! on the stack, which threads have 2 MiB of.
//!
//! ```text
//! { "properties": { "a": A, "b": B, .. 400 more } }
//!
//! pub a: Option<Box<A>>, and the same for each of them that is no string or number
//! ```

use super::Plan;
use crate::collect_vec::{CollectVec as _, PushAll as _};
use crate::model::{AdditionalProperties, Body, Object, TypeExpr, TypeId, TypeMap, TypeSet};

/// An object that would take more bytes than this has its large parts boxed.
const LARGE: usize = 8192;

/// The same in documents of others, whose objects mostly have few of many parts: most of the time that it takes
/// to read such an object would go into moving what is not there.
const LARGE_IN_DOCUMENTS: usize = 2048;

/// A part that is no larger stays in the object.
const SMALL_PART: usize = 64;

/// From about here on, clippy asks for a box around the variant of an enum whose other variants are small.
const LARGE_VARIANT: usize = 160;

/// What a box takes, or anything of 64 bits.
const WORD: usize = 8;
const STRING: usize = 24;
const JSON: usize = 32;

/// What is boxed, and how large types are with that, about.
#[derive(Default)]
pub(super) struct Boxes {
    /// The types of what is boxed in an object.
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

    /// Finds what is boxed.
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
        // What leads back here is boxed.
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
        let is_document = !self.model.roots.is_empty();
        if size <= if is_document { LARGE_IN_DOCUMENTS } else { LARGE } {
            return size;
        }
        let (boxed, plain): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|(part, size)| part.is_some() && *size > SMALL_PART);
        boxes.box_in(id, boxed.iter().filter_map(|(part, _)| *part));
        plain.iter().map(|(_, size)| size).sum::<usize>() + boxed.len() * WORD + additional
    }

    /// The size of a property's type, which is boxed if it holds its object.
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
            // As an `Option`.
            _ => 2 * WORD,
        }
    }

    /// Whether a value of `outer` holds one of `inner` without anything in between: then `inner`
    /// cannot hold `outer` in the same way.
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

    fn held_directly(&self, id: TypeId) -> Vec<TypeId> {
        let ty = self.model.get(id);
        // Additional properties lie in a map.
        let held = match ty.object() {
            Some(object) => object.properties.iter().map(|property| &property.ty).collect_vec(),
            None => ty.types(),
        };
        held.into_iter().filter_map(TypeExpr::named).collect_vec()
    }
}

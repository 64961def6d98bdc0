//! Maps with types as keys: tables by the types' indices.
//!
//! ```text
//! TypeId(2): "Shop"    [None, None, Some("Shop")]
//! ```

use super::TypeId;

/// A map from types to values, in the order of the types.
pub(crate) struct TypeMap<T>(Vec<Option<T>>);

/// A set of types.
pub(crate) type TypeSet = TypeMap<()>;

impl<T> Default for TypeMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> TypeMap<T> {
    /// The value of a type.
    pub(crate) fn get(&self, id: TypeId) -> Option<&T> {
        self.0.get(id.0)?.as_ref()
    }

    /// The entry of a type, which may be empty.
    pub(crate) fn entry(&mut self, id: TypeId) -> &mut Option<T> {
        if self.0.len() <= id.0 {
            self.0.resize_with(id.0 + 1, || None);
        }
        &mut self.0[id.0]
    }

    /// Gives a type a value, and returns the one that it had.
    pub(crate) fn insert(&mut self, id: TypeId, value: T) -> Option<T> {
        self.entry(id).replace(value)
    }

    /// The types that have a value, and the values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TypeId, &T)> {
        let values = self.0.iter().enumerate();
        values.filter_map(|(index, value)| Some((TypeId(index), value.as_ref()?)))
    }

    /// The types that have a value.
    pub(crate) fn keys(&self) -> impl Iterator<Item = TypeId> {
        self.iter().map(|(id, _)| id)
    }
}

//! An object of which it counts which properties there are, and what those are by themselves: what
//! rules besides a struct's own look at. Nothing is written or copied for it.
//!
//! ```text
//! besides ROOT_RULES;    {"start": 1, "end": 2, "tags": [..]}    start: 1, end: 2, tags: an array
//! ```

use std::collections::BTreeMap;

use wechat_bizwifi_rules::{Leaf, View};

use super::check::Check;

/// A property with a field, and what it is by itself if it is there.
type Field<'v> = (&'static str, Option<Leaf<'v>>);

/// The properties of an object.
#[derive(Debug)]
pub struct Shallow<'v> {
    fields: &'v [Field<'v>],
    additional: Vec<(&'v str, Leaf<'v>)>,
}

impl<'v> Shallow<'v> {
    /// The properties that have a field, which the caller keeps on its stack.
    pub fn new(fields: &'v [Field<'v>]) -> Self {
        Self { fields, additional: Vec::new() }
    }

    /// And additional ones.
    #[must_use]
    pub fn and<T: Check>(mut self, additional: &'v BTreeMap<String, T>) -> Self {
        self.additional = additional.iter().map(|(name, value)| (&**name, value.leaf())).collect();
        self
    }

    fn entries(&self) -> impl Iterator<Item = (&'v str, Leaf<'v>)> {
        let fields = self.fields.iter().filter_map(|(name, leaf)| Some((*name, (*leaf)?)));
        fields.chain(self.additional.iter().copied())
    }
}

/// The object itself, or one of its properties.
#[derive(Clone, Copy)]
pub(super) enum ShallowView<'v> {
    Object(&'v Shallow<'v>),
    Property(Leaf<'v>),
}

impl<'v> View<'v> for ShallowView<'v> {
    fn leaf(self) -> Leaf<'v> {
        match self {
            Self::Object(object) => Leaf::Object(object.entries().count()),
            Self::Property(leaf) => leaf,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        std::iter::empty()
    }

    fn properties(self) -> impl Iterator<Item = (&'v str, Self)> {
        let object = if let Self::Object(object) = self { Some(object) } else { None };
        let entries = object.into_iter().flat_map(Shallow::entries);
        entries.map(|(name, leaf)| (name, Self::Property(leaf)))
    }

    fn get(self, name: &str) -> Option<Self> {
        let Self::Object(object) = self else { return None };
        let leaf = match object.fields.iter().find(|(known, _)| *known == name) {
            Some((_, leaf)) => *leaf,
            None => {
                object.additional.iter().find(|(known, _)| *known == name).map(|(_, leaf)| *leaf)
            }
        };
        leaf.map(Self::Property)
    }
}

//! An object of which it counts which properties there are, and what those are by themselves: what
//! rules besides a struct's own look at. Nothing is written or copied for it.
//!
//! ```text
//! besides ROOT_RULES;    {"start": 1, "end": 2, "tags": [..]}    start: 1, end: 2, tags: an array
//! ```

use std::collections::BTreeMap;

use wechat_bizwifi_rules::{Leaf, View};

use super::check::Check;

/// The properties that are there.
#[derive(Debug, Default)]
pub struct Shallow<'v> {
    properties: Vec<(&'v str, Leaf<'v>)>,
}

impl<'v> Shallow<'v> {
    /// A property that is there.
    pub fn required<T: Check>(&mut self, name: &'v str, value: &'v T) {
        self.properties.push((name, value.leaf()));
    }

    /// A property with one possible value.
    pub fn fixed<T: Check>(&mut self, name: &'v str, value: &'v T) {
        self.required(name, value);
    }

    /// A property, if it is there.
    pub fn optional<T: Check>(&mut self, name: &'v str, value: &'v Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// The additional properties.
    pub fn additional<T: Check>(&mut self, additional: &'v BTreeMap<String, T>) {
        self.properties.extend(additional.iter().map(|(name, value)| (&**name, value.leaf())));
    }
}

/// The object itself, or one of its properties.
#[derive(Clone, Copy)]
pub(super) enum ShallowView<'v> {
    Object(&'v [(&'v str, Leaf<'v>)]),
    Property(Leaf<'v>),
}

impl<'v> ShallowView<'v> {
    pub(super) fn of(object: &'v Shallow<'_>) -> Self {
        Self::Object(&object.properties)
    }

    fn entries(self) -> &'v [(&'v str, Leaf<'v>)] {
        match self {
            Self::Object(properties) => properties,
            Self::Property(_) => &[],
        }
    }
}

impl<'v> View<'v> for ShallowView<'v> {
    fn leaf(self) -> Leaf<'v> {
        match self {
            Self::Object(properties) => Leaf::Object(properties.len()),
            Self::Property(leaf) => leaf,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        std::iter::empty()
    }

    fn properties(self) -> impl Iterator<Item = (&'v str, Self)> {
        self.entries().iter().map(|(name, leaf)| (*name, Self::Property(*leaf)))
    }

    fn get(self, name: &str) -> Option<Self> {
        let found = self.entries().iter().find(|(known, _)| *known == name);
        found.map(|(_, leaf)| Self::Property(*leaf))
    }
}

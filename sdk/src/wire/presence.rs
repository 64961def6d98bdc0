//! What a property's presence means. Generated tables say `required`, `fixed` or `optional`, and the
//! macros look up the module, or call the method, of that name.

/// A property that must be there.
pub mod required {
    /// The type of its field.
    pub type Field<T> = T;

    /// The place of what is read.
    pub use Option as Place;

    use wechat_bizwifi_rules::Leaf;

    use crate::wire::Check;

    /// What it is by itself: see [`SeenObject`](crate::wire::SeenObject).
    #[inline]
    pub fn leaf<T: Check>(value: &T) -> Option<Leaf<'_>> {
        Some(value.leaf())
    }
}

/// A property that must be there and has one possible value.
pub mod fixed {
    pub use super::required::{Field, leaf};

    /// The place of what is read.
    pub use crate::wire::object::Fixed as Place;
}

/// A property that may be left out.
pub mod optional {
    /// The place of what is read.
    pub use crate::wire::object::Optional as Place;

    /// The type of its field.
    pub type Field<T> = Option<T>;

    use wechat_bizwifi_rules::Leaf;

    use crate::wire::Check;

    /// What it is by itself, if it is there.
    #[inline]
    pub fn leaf<T: Check>(value: &Option<T>) -> Option<Leaf<'_>> {
        value.as_ref().map(T::leaf)
    }
}

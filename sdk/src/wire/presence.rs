//! What a property's presence means. Generated tables say `required`, `fixed` or `optional`, and the
//! macros look up the module, or call the method, of that name.

/// A property that must be there.
pub mod required {
    use crate::wire::{Context, Decode};

    /// Whether it must be set.
    pub const MUST_BE_SET: bool = true;

    /// Whether it is there.
    pub const fn is_there<T>(_: &T) -> bool {
        true
    }

    /// What a new builder holds.
    pub const fn initial<T>() -> Option<T> {
        None
    }

    /// Takes it out of what was read.
    ///
    /// # Errors
    ///
    /// Its name, when it is missing and nothing may stand for it.
    pub fn take<T: Decode>(
        slot: Option<T>,
        property: &'static str,
        cx: &Context,
    ) -> Result<T, &'static str> {
        match slot {
            Some(value) => Ok(value),
            None if cx.is_tolerant() => T::absent().ok_or(property),
            None => Err(property),
        }
    }
}

/// A property that must be there and has one possible value: builders begin with it.
pub mod fixed {
    pub use super::required::{MUST_BE_SET, is_there, take};

    /// What a new builder holds.
    pub fn initial<T: Default>() -> Option<T> {
        Some(T::default())
    }
}

/// A property that may be left out.
pub mod optional {
    pub use super::required::initial;

    /// Whether it must be set.
    pub const MUST_BE_SET: bool = false;

    /// Whether it is there.
    pub const fn is_there<T>(slot: &Option<T>) -> bool {
        slot.is_some()
    }
}

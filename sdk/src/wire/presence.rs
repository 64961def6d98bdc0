//! What a property's presence means. Generated tables say `required`, `fixed` or `optional`, and the
//! macros look up the module, or call the method, of that name.

/// A property that must be there.
pub mod required {
    /// Whether it must be set.
    pub const MUST_BE_SET: bool = true;
}

/// A property that must be there and has one possible value.
pub mod fixed {
    pub use super::required::MUST_BE_SET;
}

/// A property that may be left out.
pub mod optional {
    /// Whether it must be set.
    pub const MUST_BE_SET: bool = false;
}

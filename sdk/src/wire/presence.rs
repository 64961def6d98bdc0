//! Whether a property is required. Generated tables say `required`, `fixed` or `optional`, and the macros use the
//! module, or call the method, of that name.
//!
//! ```text
//! required id: i64 as "id";            Field<i64> is i64,             Partial<i64> is Option<i64>
//! optional name: String as "name";     Field<String> is Option<String>, Partial<String> is Optional<String>
//! ```

/// A required property.
pub mod required {
    /// The type of its field.
    pub type Field<T> = T;

    /// The type of its field while an object is read.
    pub use Option as Partial;
}

/// A required property with one possible value.
pub mod fixed {
    pub use super::required::Field;

    /// The type of its field while an object is read.
    pub use crate::wire::object::Fixed as Partial;
}

/// An optional property.
pub mod optional {
    /// The type of its field while an object is read.
    pub use crate::wire::object::Optional as Partial;

    /// The type of its field.
    pub type Field<T> = Option<T>;
}

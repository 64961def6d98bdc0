//! The schema of descriptions, for editors.

/// The JSON Schema that every description keeps, as text.
pub fn meta_schema() -> String {
    String::new()
}

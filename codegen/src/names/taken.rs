//! Names that generated code uses for something else.
//!
//! ```text
//! { "rustName": "String" }    generated code uses the name `String` for something else
//! ```

/// Names of types, in the order of the alphabet.
const TYPES: &str = "Box BTreeMap Clone Client Copy Debug Default Deserialize Eq Error From Hash \
    Integer Into Invalid None Option Ord PartialEq PartialOrd Result ReturnCode Secret Self \
    Serialize Some String TryFrom TryInto UnixTime UnixTimeMillis Vec";

/// Names of a client's methods: its own, and those of traits that are always in scope.
const OF_CLIENT: &str = "as_ref borrow borrow_mut builder clone clone_from clone_into fmt from into \
    pages send to_owned try_from try_into type_id with";

/// Names of the methods that every request type has already.
const OF_REQUESTS: &str = "builder build new clone additional_properties";

/// Whether generated code uses the name for something else.
pub(crate) fn is_reserved(type_name: &str) -> bool {
    is_among(type_name, TYPES)
}

/// Whether a client has a method of this name already.
pub(crate) fn is_taken_by_client(method: &str) -> bool {
    is_among(method, OF_CLIENT)
}

/// Whether every request type has a method of this name already.
pub(crate) fn is_taken_by_methods(field: &str) -> bool {
    is_among(field, OF_REQUESTS)
}

fn is_among(name: &str, names: &str) -> bool {
    names.split(' ').any(|taken| taken == name)
}

//! What generated code calls to give a type its behaviour, a line for each property or value.
//!
//! ```text
//! sent!, received!             object     structs; a property (property), with its rules (rules)
//! text!, integer!, wrapper!    newtype    names for values
//! text_enum!, integer_enum!    enums
//! union!                       union      one of several types
//! endpoint!, calls!, paged!    calls      operations, the client's methods, pages
//! ```
//!
//! Generated code knows them by these names in `rt`, which is `__private`; here they begin with `__`.

mod calls;
mod enums;
mod lists;
mod newtype;
mod object;
mod property;
mod rules;
mod union;

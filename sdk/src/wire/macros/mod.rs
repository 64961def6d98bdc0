//! The macros that implement the types of generated code, with a line for each property or value.
//!
//! ```text
//! sent!, received!             object     structs; a property (property), with its rules (rules)
//! text!, integer!, wrapper!    newtype    names for values
//! text_enum!, integer_enum!    enums
//! union!                       union      one of several types
//! endpoint!, calls!, paged!    calls      operations, the client's methods, pages
//! ```
//!
//! Generated code calls them `rt::sent!` and so on, where `rt` is `__private`. Here their names begin with `__`.

mod calls;
mod enums;
mod lists;
mod newtype;
mod object;
mod property;
mod rules;
mod union;

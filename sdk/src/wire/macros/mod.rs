//! What generated code calls to give a type its behaviour, a line for each property or value.

mod calls;
mod enums;
mod newtype;
mod object;
mod property;
mod rules;
mod union;

//! What generated code calls to give a type its behaviour, a line for each property or value.

mod calls;
mod listed;
mod newtype;
mod object;
mod pattern;
mod property;
mod union;

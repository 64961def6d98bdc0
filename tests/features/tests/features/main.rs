//! The SDK in a program that switches on features of the crates below it: the documented examples, and
//! odd numbers in replies and in values with rules.

#[path = "../../../tests/documented/examples.rs"]
mod examples;
/// `{ "type": ["integer", "number"], "minimum": 1 }`
#[path = "../../../../codegen/tests/goldens/type-integer-or-number.rs"]
mod number;
mod numbers;
#[path = "../../../tests/runtime/replies.rs"]
mod replies;

//! The SDK in a program that switches on features of the crates below it: the documented examples,
//! and odd numbers in replies.

#[path = "../../../tests/documented/examples.rs"]
mod examples;
mod numbers;
#[path = "../../../tests/runtime/replies.rs"]
mod replies;

//! What is documented is so: the descriptions' examples, what each description has to come with,
//! and what the project's documents say of its own files.

mod coverage;
mod documents;
mod examples;
mod languages;
mod validator;

//! The generator's tests: what it generates, what it refuses and how, and its command line.
//!
//! What is expected lies in files, each beside its input. A test that finds a difference prints it
//! and writes nothing; `UPDATE_GOLDENS=1 cargo test -p wechat-bizwifi-codegen` accepts what it
//! found.

#[cfg(test)]
mod build_script;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod combined;
#[cfg(test)]
mod descriptions;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod diff;
mod documents;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod goldens;
#[cfg(test)]
mod meta_schema;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod rejects;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod surface;
mod tables;
mod validator;

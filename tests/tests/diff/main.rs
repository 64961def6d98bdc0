//! `diff`, measured against what it speaks of: single edits of the shipped descriptions, made by a
//! program, with a JSON Schema validator that is not ours for the wire, and rustc for the code.

#[cfg(test)]
mod dependent;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod instances;
#[cfg(test)]
mod soundness;

//! Every case that the generator is tested with: its code compiles, and accepts and rejects what
//! `codegen/tests/goldens/<feature>.instances.json` says.

#[cfg(test)]
mod builders;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod directions;
#[cfg(test)]
mod documentation;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod instances;
#[cfg(test)]
mod large;
#[cfg(test)]
mod writing;

//! Files of generated code: compares them, and writes those that differ.
//!
//! ```text
//! fn f(a: u8,) {}    fn f(
//!                        a: u8,
//!                    ) {}          the same code: only its layout differs
//! ```

use std::fs;
use std::io;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use crate::outcome::Failure;
use crate::util::PushAll as _;

/// Checks that a file holds this code.
pub(crate) fn is_current(file: &Path, code: &str) -> Result<(), Failure> {
    let kept = fs::read_to_string(file).map_err(|error| Failure::Input(file.into(), error))?;
    if is_same_code(&kept, code) { Ok(()) } else { Err(Failure::Stale(file.into())) }
}

/// Whether two texts are the same code, however they are formatted.
fn is_same_code(a: &str, b: &str) -> bool {
    let tokens = |code: &str| code.parse().ok().map(token_texts);
    a == b || tokens(a).is_some_and(|a| tokens(b) == Some(a))
}

/// The tokens of some code without trailing commas, since a formatter adds and removes those.
fn token_texts(code: TokenStream) -> Vec<String> {
    let mut texts = Vec::new();
    let mut trees = code.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Group(group) => {
                texts.push(format!("{:?}", group.delimiter()));
                texts.push_all(token_texts(group.stream()));
                texts.push(String::new());
            }
            TokenTree::Punct(mark) if mark.as_char() == ',' && trees.peek().is_none() => {}
            tree => texts.push(tree.to_string()),
        }
    }
    texts
}

/// Writes a file, unless it has these bytes already.
pub(crate) fn write_if_changed(file: &Path, code: &str) -> io::Result<()> {
    match fs::read(file) {
        Ok(bytes) if bytes == code.as_bytes() => Ok(()),
        _ => fs::write(file, code),
    }
}

//! Writes tokens as text, as prettyplease formats them, and folds the lines of tables.
//!
//! ```text
//! folded(1, [["pub struct Shop,"], ["additional: Ignored"]])
//!
//! pub struct Shop, additional: Ignored
//! ```

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::util::{CollectVec as _, PushAll as _};

/// The greatest width of a line of generated code, except for one with a long word or string.
const WIDTH: usize = 100;

/// A type, or a path, on one line.
pub(crate) fn type_text(ty: &impl ToTokens) -> String {
    let text = formatted(&quote! { type T = #ty; }).replace('\n', " ");
    let text = text.split_whitespace().collect_vec().join(" ");
    text.trim_start_matches("type T = ").trim_end_matches(';').to_owned()
}

/// The lines of an expression.
pub(super) fn expression_lines(expression: &TokenStream) -> Vec<String> {
    let text = formatted(&quote! { const C: T = #expression; });
    let text = text.trim_end().trim_end_matches(';').trim_start_matches("const C: T =");
    let lines = text.lines().collect_vec();
    // An expression that does not fit after the name begins on the next line, indented.
    let is_below = lines.first().is_some_and(|line| line.trim().is_empty());
    let lines = lines.into_iter().skip(usize::from(is_below));
    let indent = if is_below { "    " } else { "" };
    let line = |(index, line): (usize, &str)| {
        let line = line.strip_prefix(indent).unwrap_or(line);
        (if index == 0 { line.trim_start() } else { line }).to_owned()
    };
    lines.enumerate().map(line).collect_vec()
}

fn formatted(item: &TokenStream) -> String {
    // Parsing does not fail: only valid Rust is generated.
    syn::parse2(quote! { #item }).map(|file| prettyplease::unparse(&file)).unwrap_or_default()
}

/// A raw string with as many `#` as it needs: the text may contain `"#`, as in `"#10AD61"`.
pub(super) fn raw(text: &str) -> String {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Joins the parts of a line, with as many on a row as fit. Rows after the first are indented.
pub(super) fn folded(indent: usize, parts: &[Vec<String>]) -> String {
    let mut rows: Vec<String> = Vec::new();
    for part in parts {
        let [first, rest @ ..] = part.as_slice() else { continue };
        let is_multi = !rest.is_empty();
        match rows.last_mut() {
            Some(row)
                if !is_multi
                    && 4 * indent + row.chars().count() + first.chars().count() < WIDTH =>
            {
                row.push(' ');
                row.push_str(first);
            }
            Some(_) => rows.push_all(part.iter().map(|line| format!("    {line}"))),
            None => rows.push_all(part.iter().cloned()),
        }
    }
    rows.join("\n")
}

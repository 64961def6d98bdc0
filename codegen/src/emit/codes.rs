//! Emits the table of return codes, and a constant for each code that has a name.
//!
//! ```text
//! { "code": 40001, "name": "BAD_TOKEN", "class": "token", "meaning": "The token is invalid." }
//!
//! pub const RETURN_CODES: .. 40001 Token "The token is invalid.";
//! pub const BAD_TOKEN: ReturnCode = ..
//! ```

use quote::quote;
use syn::parse_quote;

use super::types::ident;
use super::{Calls, Chunk, Line, Style, Table, docs, scalars, statics};
use crate::schema::ReturnCode;
use crate::util::CollectVec as _;

/// The table, sorted by code, and the constants.
pub(super) fn return_codes(codes: &[ReturnCode], style: &Style) -> Vec<Chunk> {
    // The runtime uses its own table even if it is empty.
    if codes.is_empty() && matches!(style.calls, Calls::Trait(_)) {
        return Vec::new();
    }
    vec![Chunk::Table(table(codes)), constants(codes, style)]
}

fn table(codes: &[ReturnCode]) -> Table {
    let line = |code: &ReturnCode| Line {
        text: format!(
            "{} {} {:?}{};",
            scalars::integer_literal(code.code),
            code.class,
            code.meaning,
            code.meaning_zh.as_ref().map_or_else(String::new, |zh| format!(" {zh:?}"))
        ),
        ..Line::default()
    };
    Table {
        open: vec![
            "/// The return codes that the API documents, sorted.".to_owned(),
            "pub const RETURN_CODES: &rt::ReturnCodes = rt::return_codes! {".to_owned(),
        ],
        indent: 1,
        lines: codes.iter().map(line).collect_vec(),
        close: vec!["};".to_owned()],
    }
}

/// The constants: in the runtime's crate those of `ReturnCode` itself, else those of a module.
fn constants(codes: &[ReturnCode], style: &Style) -> Chunk {
    let runtime = &style.runtime;
    let named = codes.iter().filter_map(|code| Some((code, code.name.as_ref()?)));
    let ty = ident(match style.calls {
        Calls::Inherent => "Self",
        Calls::Trait(_) => "ReturnCode",
    });
    let constants = named.map(|(code, name)| {
        let name = ident(name);
        let meaning = code.in_both_languages();
        let docs = docs::attributes(&docs::described(&format!("{}: {meaning}", code.code)));
        let number = statics::integer(code.code.into());
        quote! { #(#docs)* pub const #name: #ty = #ty::new(#number); }
    });
    Chunk::item(match style.calls {
        Calls::Inherent => parse_quote! { impl #runtime::ReturnCode { #(#constants)* } },
        Calls::Trait(_) => parse_quote! {
            /// The return codes that have a name.
            pub mod return_code {
                use #runtime::ReturnCode;
                #(#constants)*
            }
        },
    })
}

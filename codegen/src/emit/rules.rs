//! Writes the rules of a property, a variant or a newtype, which follow its name and type.
//!
//! ```text
//! { "type": "array", "minItems": 1, "items": { "type": "string", "maxLength": 4 } }
//!
//! [MinItems(1)] each [MaxLength(4)]
//!
//! { "type": "number", "minimum": 1, "multipleOf": 0.25 }
//!
//! [Minimum(1), MultipleOf(25, -2)]
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::statics::{integer, parts};
use super::text::{expression_lines, folded};
use crate::model::{Property, Rule, TypeExpr, TypeId};
use crate::plan::Plan;
use crate::schema::Keyword;
use crate::source::Number;
use crate::util::{CollectVec as _, PushAll as _};

/// A line of a table: its head, and the rules of the value. There are none if the type is only
/// received, or if it has a table with all its rules.
pub(super) fn line(plan: &Plan<'_>, owner: TypeId, head: Vec<String>, ty: &TypeExpr) -> String {
    let rules = if are_stated(plan, owner) { stated(ty) } else { Vec::new() };
    folded(2, &ended(head, rules, ";"))
}

fn are_stated(plan: &Plan<'_>, owner: TypeId) -> bool {
    plan.of(owner).sent && (plan.table(owner).is_none() || plan.residual_check(owner).is_some())
}

/// Whether the lines of these properties have a pattern.
pub(super) fn have_pattern(plan: &Plan<'_>, owner: TypeId, properties: &[Property]) -> bool {
    are_stated(plan, owner) && properties.iter().any(|property| has_pattern(&property.ty))
}

fn has_pattern(ty: &TypeExpr) -> bool {
    ty.rules().iter().any(|rule| matches!(rule, Rule::Pattern(_)))
        || ty.part().is_some_and(has_pattern)
}

/// The parts of a line with their punctuation: a comma before the rules, and `end` at the end.
pub(super) fn ended(head: Vec<String>, rules: Vec<Vec<String>>, end: &str) -> Vec<Vec<String>> {
    let comma = if rules.is_empty() { "" } else { "," };
    let mut parts = head.into_iter().map(|part| vec![part]).collect_vec();
    if let Some(last) = parts.last_mut().and_then(|part| part.last_mut()) {
        last.push_str(comma);
    }
    parts.push_all(rules);
    if let Some(last) = parts.last_mut().and_then(|part| part.last_mut()) {
        last.push_str(end);
    }
    parts
}

/// The rules of a value, then those of its items or properties, and so on: each level in brackets.
pub(super) fn stated(ty: &TypeExpr) -> Vec<Vec<String>> {
    let level = |(index, rules): (usize, Vec<TokenStream>)| {
        let mut lines = expression_lines(&quote! { [#(#rules),*] });
        let each = if index > 0 { "each " } else { "" };
        if let Some(first) = lines.first_mut() {
            first.insert_str(0, each);
        }
        lines
    };
    levels(ty).into_iter().enumerate().map(level).collect_vec()
}

/// The rules of a type, level by level. A named type has its rules at its own definition.
fn levels(ty: &TypeExpr) -> Vec<Vec<TokenStream>> {
    let inner = match ty {
        TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => return levels(ty),
        TypeExpr::List(ty, _) | TypeExpr::Map(ty, _) => levels(ty),
        _ => Vec::new(),
    };
    let rules = ty.rules().iter().map(rule).collect_vec();
    if rules.is_empty() && inner.is_empty() {
        return Vec::new();
    }
    std::iter::once(rules).chain(inner).collect_vec()
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::InDigits => quote! { Type(DIGITS) },
        Rule::UniqueItems => quote! { UniqueItems },
        Rule::Format(format) => {
            let name = ident(&format!("{format:?}"));
            quote! { Format(#name) }
        }
        Rule::Pattern(pattern) => {
            let (source, translated) = (&pattern.source, &pattern.translated);
            quote! { Pattern(rt::pattern!(#source, #translated)) }
        }
        Rule::Number(keyword, number) => {
            let name = ident(&format!("{keyword:?}"));
            let number = bound(number, *keyword);
            quote! { #name(#number) }
        }
    }
}

fn bound(number: &Number, keyword: Keyword) -> TokenStream {
    let (mantissa, exponent) = parts(number);
    if keyword.counts() {
        let count = proc_macro2::Literal::i128_unsuffixed(mantissa);
        return quote! { #count };
    }
    let mantissa = integer(mantissa);
    if exponent == 0 {
        return mantissa;
    }
    let exponent = integer(exponent.into());
    quote! { #mantissa, #exponent }
}

//! Rules where they stand: behind a property, a variant or a newtype.
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

use crate::collect_vec::{CollectVec as _, PushAll as _};
use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::statics::{parts, whole};
use super::text::{expression_lines, folded};
use crate::model::{Property, Rule, TypeExpr, TypeId};
use crate::plan::Plan;
use crate::schema::Keyword;
use crate::source::Number;

/// A line of a table: what it says of a value, and the value's rules. What is only received has none,
/// and where the whole type has a table they are there.
pub(super) fn line(plan: &Plan<'_>, owner: TypeId, head: Vec<String>, ty: &TypeExpr) -> String {
    let rules = if are_stated(plan, owner) { stated(ty) } else { Vec::new() };
    folded(2, &ended(head, rules, ";"))
}

fn are_stated(plan: &Plan<'_>, owner: TypeId) -> bool {
    plan.of(owner).sent && (plan.table(owner).is_none() || plan.residual_check(owner).is_some())
}

/// Whether a pattern is stated for any of these properties of a type.
pub(super) fn have_pattern(plan: &Plan<'_>, owner: TypeId, properties: &[Property]) -> bool {
    are_stated(plan, owner) && properties.iter().any(|property| has_pattern(&property.ty))
}

fn has_pattern(ty: &TypeExpr) -> bool {
    ty.rules().iter().any(|rule| matches!(rule, Rule::Pattern(_)))
        || ty.part().is_some_and(has_pattern)
}

/// The parts of a line, with their punctuation.
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

/// The rules of a value, of what is within it, and so on: each level in brackets.
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

/// The rules of a type that stand where its value does, level by level.
fn levels(ty: &TypeExpr) -> Vec<Vec<TokenStream>> {
    let within = match ty {
        TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => return levels(ty),
        TypeExpr::List(ty, _) | TypeExpr::Map(ty, _) => levels(ty),
        _ => Vec::new(),
    };
    let own = ty.rules().iter().map(rule).collect_vec();
    if own.is_empty() && within.is_empty() {
        return Vec::new();
    }
    std::iter::once(own).chain(within).collect_vec()
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
    // Files have no number that is not made of these two.
    let (mantissa, exponent) = parts(number);
    if keyword.counts() {
        let count = proc_macro2::Literal::i128_unsuffixed(mantissa);
        return quote! { #count };
    }
    let mantissa = whole(mantissa);
    if exponent == 0 {
        return mantissa;
    }
    let exponent = whole(exponent.into());
    quote! { #mantissa, #exponent }
}

//! Rules where they stand: behind a property, a variant or a newtype.
//!
//! ```text
//! { "type": "array", "minItems": 1, "items": { "type": "string", "maxLength": 4 } }
//!
//! [MinItems(1)] each [MaxLength(4)]
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{expression_lines, folded};
use crate::model::{CountRules, IntegerRules, NumberRules, TextRules, TypeExpr, TypeId};
use crate::plan::Plan;
use crate::source::Number;

/// A line of a table: what it says of a value, and the value's rules. What is only received has none,
/// and where the whole type has a table they are there.
pub(super) fn line(plan: &Plan<'_>, owner: TypeId, head: Vec<String>, ty: &TypeExpr) -> String {
    let is_stated = plan.of(owner).sent
        && (plan.table(owner).is_none() || plan.residual_check(owner).is_some());
    let rules = if is_stated { stated(ty) } else { Vec::new() };
    folded(2, &ended(head, rules, ";"))
}

/// The parts of a line, with their punctuation.
pub(super) fn ended(head: Vec<String>, rules: Vec<Vec<String>>, end: &str) -> Vec<Vec<String>> {
    let comma = if rules.is_empty() { "" } else { "," };
    let mut parts: Vec<Vec<String>> = head.into_iter().map(|part| vec![part]).collect();
    if let Some(last) = parts.last_mut().and_then(|part| part.last_mut()) {
        last.push_str(comma);
    }
    parts.extend(rules);
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
    levels(ty).into_iter().enumerate().map(level).collect()
}

/// The rules of a type that stand where its value does, level by level.
fn levels(ty: &TypeExpr) -> Vec<Vec<TokenStream>> {
    let (own, within) = match ty {
        TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => return levels(ty),
        TypeExpr::List(items, rules) => {
            (count(rules, &quote! { MinItems }, &quote! { MaxItems }), levels(items))
        }
        TypeExpr::Map(values, rules) => {
            (count(rules, &quote! { MinProperties }, &quote! { MaxProperties }), levels(values))
        }
        TypeExpr::Text(rules) | TypeExpr::Secret(rules) => (text(rules), Vec::new()),
        TypeExpr::Integer(_, rules) | TypeExpr::Time(_, rules) => (integer(rules), Vec::new()),
        TypeExpr::Number(rules) => (number(rules), Vec::new()),
        _ => (Vec::new(), Vec::new()),
    };
    if own.is_empty() && within.is_empty() {
        return Vec::new();
    }
    std::iter::once(own).chain(within).collect()
}

fn text(rules: &TextRules) -> Vec<TokenStream> {
    let format = rules.format.map(|format| {
        let name = super::types::ident(&format!("{format:?}"));
        quote! { Format(Format::#name) }
    });
    let pattern = rules.pattern.as_ref().map(|pattern| {
        let (source, translated) = (&pattern.source, &pattern.translated);
        quote! { Pattern(pattern!(#source, #translated)) }
    });
    let length = CountRules { least: rules.min_length, most: rules.max_length };
    let length = count(&length, &quote! { MinLength }, &quote! { MaxLength });
    length.into_iter().chain(format).chain(pattern).collect()
}

fn integer(rules: &IntegerRules) -> Vec<TokenStream> {
    let whole = |bound: Option<i128>| bound.map(Number::from);
    let bounds = bounds(&[
        (quote! { Minimum }, whole(rules.minimum)),
        (quote! { Maximum }, whole(rules.maximum)),
        (quote! { MultipleOf }, whole(rules.multiple_of)),
    ]);
    let in_digits = rules.in_digits.then(|| quote! { Type(Types::DIGITS) });
    in_digits.into_iter().chain(bounds).collect()
}

fn number(rules: &NumberRules) -> Vec<TokenStream> {
    bounds(&[
        (quote! { Minimum }, rules.minimum),
        (quote! { ExclusiveMinimum }, rules.above),
        (quote! { Maximum }, rules.maximum),
        (quote! { ExclusiveMaximum }, rules.below),
        (quote! { MultipleOf }, rules.multiple_of),
    ])
}

fn bounds(bounds: &[(TokenStream, Option<Number>)]) -> Vec<TokenStream> {
    let rule = |(rule, bound): &(TokenStream, Option<Number>)| {
        let bound = decimal((*bound)?);
        Some(quote! { #rule(&#bound) })
    };
    bounds.iter().filter_map(rule).collect()
}

fn decimal(number: Number) -> TokenStream {
    // Files have no number that is not made of these two.
    let (mantissa, exponent) = super::statics::parts(&number);
    let mantissa = super::statics::whole(mantissa);
    if exponent == 0 {
        return quote! { whole(#mantissa) };
    }
    let exponent = super::statics::whole(exponent.into());
    quote! { Decimal::new(#mantissa, #exponent) }
}

fn count(rules: &CountRules, least: &TokenStream, most: &TokenStream) -> Vec<TokenStream> {
    let rule = |name: &TokenStream, bound: usize| {
        let bound = proc_macro2::Literal::usize_unsuffixed(bound);
        quote! { #name(#bound) }
    };
    let least = (rules.least > 0).then(|| rule(least, rules.least));
    least.into_iter().chain(rules.most.map(|bound| rule(most, bound))).collect()
}

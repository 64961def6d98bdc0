//! Writes the values in rules that are not schemas.
//!
//! ```text
//! Maximum(1457712000)    &rt::Decimal::new(1_457_712_000, 0)
//! ```

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;
use wechat_bizwifi_rules::{Decimal, Format, PropertyOrder, Rule, Types};

use crate::emit::docs::grouped;
use crate::emit::ident;

/// The value of a rule that has no schemas and no JSON values.
pub(super) fn leaf(rule: &Rule<'_>) -> TokenStream {
    match rule {
        Rule::Type(types) => type_set(*types),
        Rule::Minimum(number)
        | Rule::ExclusiveMinimum(number)
        | Rule::Maximum(number)
        | Rule::ExclusiveMaximum(number)
        | Rule::MultipleOf(number) => {
            let number = decimal(number);
            quote! { &#number }
        }
        Rule::MinLength(count)
        | Rule::MaxLength(count)
        | Rule::MinItems(count)
        | Rule::MaxItems(count)
        | Rule::MinProperties(count)
        | Rule::MaxProperties(count) => integer(i128::from(*count)),
        Rule::Format(format) => format_path(*format),
        Rule::Required(names) => strings(names),
        Rule::DependentRequired(entries) => {
            list(entries, |(name, names)| pair(&string(name), &strings(names)))
        }
        Rule::PropertyOrder(orders) => list(orders, order),
        // `Tables::rule` writes the other rules.
        _ => TokenStream::new(),
    }
}

fn order(order: &PropertyOrder<'_>) -> TokenStream {
    let (first, or_equal, second) = (string(order.first), order.or_equal, string(order.second));
    quote! { rt::PropertyOrder { first: #first, or_equal: #or_equal, second: #second } }
}

fn type_set(types: Types) -> TokenStream {
    let is_in_digits = !types.contains(Types::INTEGER);
    let mut sets = types.names().map(|name| {
        let name = match name {
            "integer" if is_in_digits => ident("DIGITS"),
            name => ident(&name.to_shouty_snake_case()),
        };
        quote! { rt::Types::#name }
    });
    let first = sets.next().unwrap_or_else(|| quote! { rt::Types::NONE });
    sets.fold(first, |all, next| quote! { #all.or(#next) })
}

fn format_path(format: Format) -> TokenStream {
    let name = ident(&format!("{format:?}"));
    quote! { rt::Format::#name }
}

/// The mantissa and the exponent of a number. The parser of files refuses numbers without them.
pub(in crate::emit) fn parts(number: &Decimal<'_>) -> (i128, i32) {
    match number.parts().unwrap_or_default() {
        (0, _) => (0, 0),
        parts => parts,
    }
}

pub(super) fn decimal(number: &Decimal<'_>) -> TokenStream {
    let (mantissa, exponent) = parts(number);
    let (mantissa, exponent) = (integer(mantissa), integer(i128::from(exponent)));
    quote! { rt::Decimal::new(#mantissa, #exponent) }
}

fn strings(texts: &[&str]) -> TokenStream {
    list(texts, |text| string(text))
}

/// A slice, each of its items written by a function.
pub(super) fn list<T>(items: &[T], write: impl FnMut(&T) -> TokenStream) -> TokenStream {
    let items = items.iter().map(write);
    quote! { &[#(#items),*] }
}

pub(super) fn pair(first: &TokenStream, second: &TokenStream) -> TokenStream {
    quote! { (#first, #second) }
}

pub(in crate::emit) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}

/// An integer as people write it: with its digits in groups, and without a suffix.
pub(in crate::emit) fn integer(number: i128) -> TokenStream {
    grouped(number.into()).parse().unwrap_or_default()
}

/// A string literal. A long one continues on the next line, so that no line is over 100 columns.
pub(super) fn string(text: &str) -> TokenStream {
    const LONGEST: usize = 44;
    let short = Token::string(text);
    if short.to_string().len() <= LONGEST + 2 {
        return quote! { #short };
    }
    let mut long = String::from("\"");
    let mut column = 0;
    for character in text.chars() {
        // A literal that continues ignores white space at the start of the next line.
        if column >= LONGEST && !character.is_whitespace() {
            long.push_str("\\\n        ");
            column = 0;
        }
        let escaped = character.escape_debug().to_string();
        column += escaped.chars().count();
        long.push_str(&escaped);
    }
    long.push('"');
    long.parse().unwrap_or_else(|_| quote! { #short })
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn a_string_that_is_long_goes_on_in_the_next_line_and_one_that_fits_does_not() {
        let lines = |length: usize| {
            let text = "a".repeat(length);
            let tokens = string(&text).to_string();
            let read: syn::LitStr = syn::parse_str(&tokens).unwrap();
            assert_eq!(read.value(), text);
            tokens.lines().count()
        };
        assert_eq!([1, 44, 45, 88, 89].map(lines), [1, 1, 2, 2, 3]);
    }
}

//! Documentation, from descriptions and from the rules themselves.
//!
//! ```text
//! { "description": "Its name.", "maxLength": 18 }
//!
//! /// Its name.
//! ///
//! /// At most 18 characters.
//! ```

use super::text::type_text;
use super::{Calls, Style};
use crate::collect_vec::CollectVec as _;
use crate::markdown;
use crate::model::{Integer, Literal, Operation, Property, Residual, Rule, Rules, TypeExpr};
use crate::schema::Keyword::{
    self, ExclusiveMaximum, ExclusiveMinimum, MaxItems, MaxLength, MaxProperties, Maximum,
    MinItems, MinLength, MinProperties, Minimum, MultipleOf, UniqueItems,
};
use crate::source::Number;
use crate::wording::{code, hides, in_groups, lower_first};

/// How wide a line of documentation is: 100 columns without the slashes, and without the three levels that
/// the methods of a trait stand in where what is deprecated has a module of its own.
const WIDTH: usize = 84;

/// Documentation as the attributes that Rust makes of it.
pub(super) fn attributes(text: &str) -> Vec<syn::Attribute> {
    let line = |line: &String| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        syn::parse_quote!(#[doc = #line])
    };
    wrap(text).iter().map(line).collect_vec()
}

/// Text in lines of some width.
///
/// The text is trusted: what an author wrote was [`described`] before.
pub(super) fn wrap(text: &str) -> Vec<String> {
    markdown::fold(text, WIDTH)
}

/// What an author wrote, as Markdown that rustdoc takes without a warning, closed at its end.
pub(super) fn described(text: &str) -> String {
    described_within(text, WIDTH)
}

fn described_within(text: &str, width: usize) -> String {
    markdown::safe(&visible(&text.replace("\r\n", "\n")), width).join("\n")
}

/// What an author wrote, as an item of a list.
pub(super) fn item(text: &str) -> String {
    let text = described_within(text, WIDTH - "- ".len()).replace('\n', "\n  ");
    format!("- {}", text.replace("\n  \n", "\n\n"))
}

/// A text as a comment can hold it.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if hides(c) || c.is_control() && !matches!(c, '\n' | '\t') {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
        }
    }
    visible
}

/// A property's documentation: what it is, its limits, and what leaving it out means.
pub(super) fn property(property: &Property) -> String {
    let mut text = property.docs.as_deref().map(described).unwrap_or_default();
    let mut facts = limits(&property.ty);
    if let Some(default) = &property.default {
        facts.push(format!("Left out, it means {}.", code(default)));
    }
    append(&mut text, &facts);
    text
}

/// A named type's documentation: what it is, and its limits.
pub(super) fn named(docs: Option<&String>, limits: &[String]) -> String {
    let mut text = docs.map(|docs| described(docs)).unwrap_or_default();
    append(&mut text, limits);
    text
}

/// A text with some lines below it, as they are.
pub(super) fn with_lines(mut text: String, lines: &[String]) -> String {
    if !lines.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&lines.join("\n"));
    }
    text
}

fn append(text: &mut String, facts: &[String]) {
    if !facts.is_empty() {
        let facts = facts.join(" ");
        // What has no description gets no filler in its place.
        if !text.is_empty() {
            text.push_str(gap(text, &facts));
        }
        text.push_str(&facts);
    }
}

/// What goes between a description and what is added: a sentence and some words share a line.
fn gap(text: &str, more: &str) -> &'static str {
    let is_sentence = text.ends_with(['.', '!', '?', '。', '！', '？']) && !text.contains('\n');
    let is_short = text.chars().count() + 1 + more.chars().count() <= WIDTH;
    if is_sentence && is_short { " " } else { "\n\n" }
}

/// What the rules of a type say.
pub(super) fn limits(ty: &TypeExpr) -> Vec<String> {
    match ty {
        TypeExpr::Named(_) | TypeExpr::Any | TypeExpr::Null | TypeExpr::Boolean => Vec::new(),
        TypeExpr::Number(rules) => rules.iter().filter_map(number_limit).collect_vec(),
        TypeExpr::Text(rules) | TypeExpr::Secret(rules) => text_limits(rules),
        TypeExpr::Integer(integer, rules) => integer_limits(*integer, rules),
        TypeExpr::Time(_, rules) => integer_limits(Integer::I64, rules),
        TypeExpr::List(items, rules) => {
            let count = range(bounds(rules, MinItems, MaxItems), "Exactly", [" item", " items"]);
            let unique = rules.get(UniqueItems).map(|_| "No item twice.".to_owned());
            count.into_iter().chain(each("item", limits(items))).chain(unique).collect_vec()
        }
        TypeExpr::Map(values, rules) => {
            let bounds = bounds(rules, MinProperties, MaxProperties);
            let count = range(bounds, "Exactly", [" property", " properties"]);
            count.into_iter().chain(each("value", limits(values))).collect_vec()
        }
        TypeExpr::Nullable(ty) => limits(ty),
        TypeExpr::Constrained(ty, residuals) => {
            limits(ty).into_iter().chain(residual_limits(residuals)).collect_vec()
        }
    }
}

/// What the rules say that a type does not enforce.
pub(super) fn residual_limits(residuals: &[Residual]) -> Vec<String> {
    residuals.iter().flat_map(|residual| residual.docs.iter().cloned()).collect_vec()
}

/// The same of a type that shows its alternatives itself.
pub(super) fn limits_beside_alternatives(residuals: &[Residual]) -> Vec<String> {
    let shows = |it: &Keyword| matches!(it, Keyword::AnyOf | Keyword::OneOf);
    let beside = residuals.iter().filter(|residual| !residual.keywords.iter().any(shows));
    beside.flat_map(|residual| residual.docs.iter().cloned()).collect_vec()
}

fn text_limits(rules: &Rules) -> Vec<String> {
    let bounds = bounds(rules, MinLength, MaxLength);
    let length = range(bounds, "Exactly", [" character", " characters"]);
    let said = rules.iter().filter_map(|rule| match rule {
        Rule::Format(format) => Some(format!("Of the format `{}`.", format.name())),
        Rule::Pattern(pattern) => Some(format!("Matching {}.", code(&pattern.source))),
        _ => None,
    });
    length.into_iter().chain(said).collect_vec()
}

fn integer_limits(integer: Integer, rules: &Rules) -> Vec<String> {
    let (lowest, highest) = integer.range();
    let (least, most) = bounds(rules, Minimum, Maximum);
    // The bounds of 64 bits are a type's mostly, not what somebody would ask for.
    let least = least.filter(|it| ![lowest.into(), i64::MIN.into()].contains(it));
    let most = most.filter(|it| ![highest.into(), i64::MAX.into()].contains(it));
    let step = rules.get(MultipleOf).and_then(number_limit);
    range((least, most), "Always", ["", ""]).into_iter().chain(step).collect_vec()
}

fn number_limit(rule: &Rule) -> Option<String> {
    let Rule::Number(keyword, number) = rule else { return None };
    let relation = match keyword {
        Minimum => "At least",
        ExclusiveMinimum => "Above",
        Maximum => "At most",
        ExclusiveMaximum => "Below",
        _ => "A multiple of",
    };
    Some(format!("{relation} {number}."))
}

fn each(what: &str, limits: Vec<String>) -> Vec<String> {
    limits.into_iter().map(|limit| format!("Each {what}: {}", lower_first(&limit))).collect_vec()
}

/// A least and a greatest number, if they are stated.
type Bounds = (Option<Number>, Option<Number>);

fn bounds(rules: &Rules, least: Keyword, most: Keyword) -> Bounds {
    (rules.number(least), rules.number(most))
}

/// What bounds say, in units that have a singular and a plural.
fn range(bounds: Bounds, only: &str, [one, many]: [&str; 2]) -> Option<String> {
    let unit = |number: Number| if number == 1.into() { one } else { many };
    match bounds {
        (None, None) => None,
        (None, Some(most)) => Some(format!("At most {most}{}.", unit(most))),
        (Some(least), None) => Some(format!("At least {least}{}.", unit(least))),
        (Some(least), Some(most)) if least == most => Some(format!("{only} {most}{}.", unit(most))),
        (Some(least), Some(most)) => Some(format!("From {least} to {most}{many}.")),
    }
}

/// What an operation does, as its page and its method say it.
pub(super) fn operation(operation: &Operation) -> String {
    let docs = &operation.docs;
    let mut text = described(&docs.summary);
    if let Some(description) = &docs.description {
        text.push_str("\n\n");
        text.push_str(&described(description));
    }
    text
}

/// Where an operation's requests go, and where that is documented.
pub(super) fn source(operation: &Operation) -> String {
    let verb = if operation.is_get { "GET" } else { "POST" };
    let page = page(operation).map_or_else(String::new, |page| format!(", documented at {page}"));
    format!("Endpoint: `{verb} {}`{page}.", operation.path)
}

/// A link to the page that documents an operation.
pub(super) fn page(operation: &Operation) -> Option<String> {
    let (url, title) = operation.docs.source.as_ref()?;
    Some(markdown::link(title.as_deref().unwrap_or("the API's documentation"), url))
}

/// A scalar as a Rust expression.
pub(crate) fn literal(value: &Literal) -> String {
    match value {
        Literal::Bool(flag) => flag.to_string(),
        Literal::Number(number) => grouped(*number),
        Literal::Text(text) => format!("{text:?}"),
    }
}

/// A number with its digits in groups of three, as Rust's style has it from six digits on.
pub(super) fn grouped(number: Number) -> String {
    let text = number.to_string();
    let digits = text.trim_start_matches('-');
    if digits.len() < 6 || !digits.chars().all(|digit| digit.is_ascii_digit()) {
        return text;
    }
    let grouped = in_groups(digits, '_');
    if text.starts_with('-') { format!("-{grouped}") } else { grouped }
}

/// A link to the method that makes a call.
pub(super) fn method_link(operation: &Operation, style: &Style) -> String {
    let name = &operation.method_name;
    match &style.calls {
        Calls::Inherent => {
            format!("[`Client::{name}`]({}::Client::{name})", type_text(&style.runtime))
        }
        Calls::Trait(calls) => format!("[`{calls}::{name}`]"),
    }
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, gap, grouped, wrap};
    use crate::source::Number;

    #[test]
    fn code_stays_as_it_is_and_what_follows_it_is_filled() {
        let prose = ["word"; 30].join(" ");
        let code = format!("let text = \"{prose}\";");
        let lines = wrap(&format!("````text\n{code}\n```\n{code}\n````\n{prose}"));
        assert_eq!(lines[..5], ["````text", &*code, "```", &*code, "````"]);
        let filled = &lines[5..];
        assert!(
            filled.len() > 1 && filled.iter().all(|line| line.len() < prose.len()),
            "{filled:?}"
        );
    }

    #[test]
    fn what_is_added_to_a_sentence_shares_its_line_if_it_fits() {
        let sentence = format!("{}.", "x".repeat(39));
        let fits = "y".repeat(WIDTH - 41);
        assert_eq!(gap(&sentence, &fits), " ");
        assert_eq!(gap(&sentence, &format!("{fits}y")), "\n\n");
        assert_eq!(gap("no sentence", "y"), "\n\n");
    }

    #[test]
    fn digits_are_grouped_from_six_on_and_fractions_are_not() {
        for (number, expected) in [
            ("12345", "12345"),
            ("123456", "123_456"),
            ("-1234567", "-1_234_567"),
            ("1234567.25", "1234567.25"),
            ("-0.1234567", "-0.1234567"),
        ] {
            let number = Number::parse(number).unwrap();
            assert_eq!(grouped(number), expected);
        }
    }
}

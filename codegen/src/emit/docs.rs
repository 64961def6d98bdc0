//! Writes documentation from descriptions and from rules.
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
use crate::markdown;
use crate::model::{Integer, Literal, Operation, Property, Residual, Rule, Rules, TypeExpr};
use crate::schema::Keyword::{
    self, ExclusiveMaximum, ExclusiveMinimum, MaxItems, MaxLength, MaxProperties, Maximum,
    MinItems, MinLength, MinProperties, Minimum, MultipleOf, UniqueItems,
};
use crate::source::Number;
use crate::util::{CollectVec as _, code, in_groups, is_bidi_control, lower_first};

/// The width of a line of documentation: 100 columns without the slashes and three levels of
/// indentation, which the methods of a trait have in the module around deprecated code.
const WIDTH: usize = 84;

/// Documentation as `#[doc]` attributes.
pub(super) fn attributes(text: &str) -> Vec<syn::Attribute> {
    let line = |line: &String| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        syn::parse_quote!(#[doc = #line])
    };
    wrap(text).iter().map(line).collect_vec()
}

/// Wraps a text. Parts of it that an author wrote must have come through [`described`].
pub(super) fn wrap(text: &str) -> Vec<String> {
    markdown::fold(text, WIDTH)
}

/// An author's text as Markdown that rustdoc takes without a warning. Blocks in it are closed, so
/// that other text can follow.
pub(super) fn described(text: &str) -> String {
    described_within(text, WIDTH)
}

fn described_within(text: &str, width: usize) -> String {
    markdown::safe(&visible(&text.replace("\r\n", "\n")), width).join("\n")
}

/// An author's text as an item of a list.
pub(super) fn item(text: &str) -> String {
    let text = described_within(text, WIDTH - "- ".len()).replace('\n', "\n  ");
    format!("- {}", text.replace("\n  \n", "\n\n"))
}

/// A text with escapes for the characters that a comment cannot hold.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_bidi_control(c) || c.is_control() && !matches!(c, '\n' | '\t') {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
        }
    }
    visible
}

/// A property's documentation: its description, limits and default.
pub(super) fn property(property: &Property) -> String {
    let mut text = property.docs.as_deref().map(described).unwrap_or_default();
    let mut facts = limits(&property.ty);
    if let Some(default) = &property.default {
        facts.push(format!("Left out, it means {}.", code(default)));
    }
    append(&mut text, &facts);
    text
}

/// A named type's documentation: its description and limits.
pub(super) fn named(docs: Option<&String>, limits: &[String]) -> String {
    let mut text = docs.map(|docs| described(docs)).unwrap_or_default();
    append(&mut text, limits);
    text
}

/// A text with unchanged lines below it.
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
        if !text.is_empty() {
            text.push_str(gap(text, &facts));
        }
        text.push_str(&facts);
    }
}

/// The separator between a description and added facts: a sentence and short facts share a line.
fn gap(text: &str, facts: &str) -> &'static str {
    let is_sentence = text.ends_with(['.', '!', '?', '。', '！', '？']) && !text.contains('\n');
    let is_short = text.chars().count() + 1 + facts.chars().count() <= WIDTH;
    if is_sentence && is_short { " " } else { "\n\n" }
}

/// The rules of a type as sentences.
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

/// Residual rules as sentences.
pub(super) fn residual_limits(residuals: &[Residual]) -> Vec<String> {
    residuals.iter().flat_map(|residual| residual.docs.iter().cloned()).collect_vec()
}

/// Residual rules as sentences, without `anyOf` and `oneOf`: the variants of the type show these.
pub(super) fn limits_beside_alternatives(residuals: &[Residual]) -> Vec<String> {
    let shows = |it: &Keyword| matches!(it, Keyword::AnyOf | Keyword::OneOf);
    let beside = residuals.iter().filter(|residual| !residual.keywords.iter().any(shows));
    beside.flat_map(|residual| residual.docs.iter().cloned()).collect_vec()
}

fn text_limits(rules: &Rules) -> Vec<String> {
    let bounds = bounds(rules, MinLength, MaxLength);
    let length = range(bounds, "Exactly", [" character", " characters"]);
    let conditions = rules.iter().filter_map(|rule| match rule {
        Rule::Format(format) => Some(format!("Of the format `{}`.", format.name())),
        Rule::Pattern(pattern) => Some(format!("Matching {}.", code(&pattern.source))),
        _ => None,
    });
    length.into_iter().chain(conditions).collect_vec()
}

fn integer_limits(integer: Integer, rules: &Rules) -> Vec<String> {
    let (lowest, highest) = integer.range();
    let (least, most) = bounds(rules, Minimum, Maximum);
    // The range of the Rust type is no news, and bounds of 64 bits mostly come from another type.
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

/// Bounds as a sentence; the unit has a singular and a plural.
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

/// The summary and the description of an operation.
pub(super) fn operation(operation: &Operation) -> String {
    let docs = &operation.docs;
    let mut text = described(&docs.summary);
    if let Some(description) = &docs.description {
        text.push_str("\n\n");
        text.push_str(&described(description));
    }
    text
}

/// A sentence with the endpoint of an operation and the page that documents it.
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

/// A number as a literal. Its digits are in groups of three if there are six or more.
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
    fn facts_share_the_line_of_a_sentence_if_they_fit() {
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

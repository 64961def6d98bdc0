//! Rules as statics.
//!
//! ```text
//! { "properties": { "child": { "$ref": "#" } }, "minProperties": 1 }
//!
//! static ROOT: rt::Schema = rt::Schema(&[
//!     rt::Rule::MinProperties(1u64),
//!     rt::Rule::Properties(&rt::Properties {
//!         named: &[("child", rt::SchemaRef::To(&ROOT))],
//!         …
//!     }),
//! ]);
//! ```
//!
//! What is short and used once stands where it is used. All else is a static of its own, named after
//! its place in the schema. So is a pattern, one for all that are equal: a
//! constant cannot refer to what is compiled when it is first needed.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Literal as Token, Span, TokenStream};
use quote::quote;
use wechat_bizwifi_rules::{
    Decimal, Format, Literal, Pattern, Properties, PropertyOrder, Rule, SchemaRef, Types,
};

use super::Chunk;
use crate::compile::{Compiler, NodeId};
use crate::names;

/// Emits the statics of some nodes and of all that they lead to, one after the other. Each node comes
/// with its static's name.
pub(crate) fn emit_tables(
    compiler: &Compiler<'_>,
    roots: &[(NodeId, String)],
    output: &mut impl Extend<Chunk>,
) {
    let mut tables = Tables {
        compiler,
        names: vec![None; compiler.schemas().len()],
        taken: roots.iter().map(|(_, name)| name.clone()).collect(),
        patterns: Vec::new(),
        values: Vec::new(),
        table: String::new(),
    };
    for (root, name) in roots {
        tables.names[root.0 as usize] = Some(name.clone());
    }
    let order = tables.name_shared(roots);
    output.extend(order.into_iter().map(|node| Chunk::item(tables.table(node))));
    let patterns = tables.patterns.iter().map(|(name, pattern)| pattern_item(name, pattern));
    output.extend(patterns.chain(tables.values).map(Chunk::item));
}

struct Tables<'t, 's> {
    compiler: &'t Compiler<'s>,
    /// The names of the nodes that are statics.
    names: Vec<Option<String>>,
    taken: BTreeSet<String>,
    /// Sorted by their source, with the names of their statics.
    patterns: Vec<(String, &'s Pattern<'s>)>,
    /// Arrays and objects among the values that schemas allow.
    values: Vec<syn::Item>,
    /// The static that is being written.
    table: String,
}

impl<'s> Tables<'_, 's> {
    fn rules(&self, node: u32) -> &'s [Rule<'s>] {
        self.compiler.rules(NodeId(node))
    }

    /// The name of a node's static, if it is one.
    fn name(&self, node: u32) -> Option<&String> {
        self.names[node as usize].as_ref()
    }

    /// The node that a reference leads to, through what is nothing but a reference.
    fn node(&self, reference: SchemaRef<'s>) -> u32 {
        let SchemaRef::Node(mut node) = reference else { return 0 };
        let mut seen = Vec::new();
        while let [Rule::AllOf([SchemaRef::Node(next)])] = self.rules(node)
            && !seen.contains(&node)
            && self.name(node).is_none()
        {
            seen.push(node);
            node = *next;
        }
        node
    }

    /// Names what is used more than once, is long, or would stand far in; all statics, in the order in
    /// which they are reached.
    fn name_shared(&mut self, roots: &[(NodeId, String)]) -> Vec<u32> {
        let mut uses = vec![0_usize; self.names.len()];
        let mut order: Vec<(u32, usize)> = Vec::new();
        let mut left: Vec<(u32, usize)> = roots.iter().rev().map(|(root, _)| (root.0, 0)).collect();
        while let Some((node, depth)) = left.pop() {
            uses[node as usize] += 1;
            if uses[node as usize] > 1 {
                continue;
            }
            order.push((node, depth));
            let references = self.rules(node).iter().flat_map(references);
            // The schema of items stands a level further in than others.
            let has_items = self.rules(node).iter().any(|rule| matches!(rule, Rule::Items(_)));
            let depth = depth + 1 + usize::from(has_items);
            let nodes: Vec<_> = references.map(|it| (self.node(it), depth)).collect();
            left.extend(nodes.into_iter().rev());
        }
        for (node, depth) in &order {
            let is_shared = uses[*node as usize] > 1 && !is_trivial(self.rules(*node));
            let is_deep = *depth > 1 && has_properties(self.rules(*node));
            let is_named = is_shared || is_deep || self.is_long(*node);
            if self.name(*node).is_none() && is_named {
                let name = self.free(&self.name_of_place(*node));
                self.names[*node as usize] = Some(name);
            }
        }
        order.into_iter().map(|(node, _)| node).filter(|it| self.name(*it).is_some()).collect()
    }

    /// Whether a schema would make the table that it is used in hard to read: it has schemas in
    /// schemas, or many rules.
    fn is_long(&self, node: u32) -> bool {
        const MOST_RULES: usize = 4;
        let rules = self.rules(node);
        let mut within = rules.iter().flat_map(references).map(|reference| self.node(reference));
        rules.len() > MOST_RULES || within.any(|within| !is_trivial(self.rules(within)))
    }

    /// A name after the place, without the keywords on the way there.
    fn name_of_place(&self, node: u32) -> String {
        const MOST_STEPS: usize = 3;
        const LONGEST: usize = 40;
        const SILENT: [&str; 4] = ["$defs", "definitions", "properties", "items"];
        let place = &self.compiler.located(NodeId(node)).place;
        let steps: Vec<&str> =
            place.pointer.split('/').filter(|step| !SILENT.contains(step)).collect();
        let name = steps[steps.len().saturating_sub(MOST_STEPS)..].join("_").to_shouty_snake_case();
        let name: String = name.chars().take(LONGEST).collect();
        // An index may come first.
        let name =
            format!("{}{name}_RULES", if name.starts_with(char::is_numeric) { "AT_" } else { "" });
        let name = name.trim_start_matches('_');
        if names::is_identifier(name) { name.to_owned() } else { "RULES".to_owned() }
    }

    fn free(&mut self, name: &str) -> String {
        let numbered = (2_usize..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    fn table(&mut self, node: u32) -> syn::Item {
        self.table = self.name(node).cloned().unwrap_or_default();
        let name = identifier(&self.table);
        let schema = self.schema(node);
        syn::parse_quote! { static #name: rt::Schema<'static> = #schema; }
    }

    fn schema(&mut self, node: u32) -> TokenStream {
        let rules: Vec<TokenStream> = self.rules(node).iter().map(|rule| self.rule(rule)).collect();
        quote! { rt::Schema(&[#(#rules),*]) }
    }

    fn reference(&mut self, reference: SchemaRef<'s>) -> TokenStream {
        let node = self.node(reference);
        if let Some(name) = self.name(node) {
            let name = identifier(name);
            return quote! { rt::SchemaRef::To(&#name) };
        }
        let schema = self.schema(node);
        quote! { rt::SchemaRef::To(&#schema) }
    }

    fn references(&mut self, references: &[SchemaRef<'s>]) -> TokenStream {
        let references = references.iter().map(|reference| self.reference(*reference));
        let references: Vec<TokenStream> = references.collect();
        quote! { &[#(#references),*] }
    }

    fn optional(&mut self, reference: Option<SchemaRef<'s>>) -> TokenStream {
        match reference {
            Some(reference) => {
                let reference = self.reference(reference);
                quote! { Some(#reference) }
            }
            None => quote! { None },
        }
    }

    fn named(&mut self, entries: &[(&'s str, SchemaRef<'s>)]) -> TokenStream {
        let entry = |(name, reference): &(&str, SchemaRef<'s>)| {
            let (name, reference) = (string(name), self.reference(*reference));
            quote! { (#name, #reference) }
        };
        let entries: Vec<TokenStream> = entries.iter().map(entry).collect();
        quote! { &[#(#entries),*] }
    }

    fn pattern(&mut self, pattern: &'s Pattern<'s>) -> TokenStream {
        let source = |(_, known): &(_, &'s Pattern<'s>)| known.source().cmp(pattern.source());
        let index = self.patterns.binary_search_by(source).unwrap_or_else(|free| {
            let name = self.free(&format!("{}_PATTERN", self.table));
            self.patterns.insert(free, (name, pattern));
            free
        });
        let name = identifier(&self.patterns[index].0);
        quote! { &#name }
    }

    fn rule(&mut self, rule: &Rule<'s>) -> TokenStream {
        let name = identifier(variant(rule));
        let value = match rule {
            Rule::Never | Rule::UniqueItems => return quote! { rt::Rule::#name },
            Rule::AllOf(all) | Rule::AnyOf(all) | Rule::OneOf(all) => self.references(all),
            Rule::Not(schema)
            | Rule::PropertyNames(schema)
            | Rule::UnevaluatedItems(schema)
            | Rule::UnevaluatedProperties(schema) => self.reference(*schema),
            Rule::DependentSchemas(entries) => self.named(entries),
            Rule::Pattern(pattern) => self.pattern(pattern),
            Rule::If(rule) => {
                let condition = self.reference(rule.condition);
                let (then, otherwise) = (self.optional(rule.then), self.optional(rule.otherwise));
                quote! { &rt::If { condition: #condition, then: #then, otherwise: #otherwise } }
            }
            Rule::Items(items) => {
                let (prefix, rest) = (self.references(items.prefix), self.optional(items.rest));
                quote! { &rt::Items { prefix: #prefix, rest: #rest } }
            }
            Rule::Contains(contains) => {
                let (schema, min) = (self.reference(contains.schema), whole(contains.min.into()));
                let max = contains.max.map(|max| whole(max.into()));
                let max = max.map_or_else(|| quote! { None }, |max| quote! { Some(#max) });
                quote! { &rt::Contains { schema: #schema, min: #min, max: #max } }
            }
            Rule::Properties(properties) => self.properties(properties),
            Rule::Const(value) => {
                let value = self.literal(value);
                quote! { &#value }
            }
            Rule::Enum(values) => {
                let values: Vec<TokenStream> =
                    values.iter().map(|value| self.literal(value)).collect();
                quote! { &[#(#values),*] }
            }
            _ => leaf(rule),
        };
        quote! { rt::Rule::#name(#value) }
    }

    /// A value; an array or object is a constant of its own, so that none stands in another.
    fn literal(&mut self, value: &Literal<'s>) -> TokenStream {
        let value = match value {
            Literal::Null => return quote! { rt::Literal::Null },
            Literal::Bool(flag) => return quote! { rt::Literal::Bool(#flag) },
            Literal::Number(number) => {
                let number = decimal(number);
                return quote! { rt::Literal::Number(#number) };
            }
            Literal::String(text) => {
                let text = string(text);
                return quote! { rt::Literal::String(#text) };
            }
            Literal::Array(items) => {
                let items: Vec<TokenStream> = items.iter().map(|item| self.literal(item)).collect();
                quote! { rt::Literal::Array(&[#(#items),*]) }
            }
            Literal::Object(entries) => {
                let entry = |(name, value): &(&str, Literal<'s>)| {
                    let (name, value) = (string(name), self.literal(value));
                    quote! { (#name, #value) }
                };
                let entries: Vec<TokenStream> = entries.iter().map(entry).collect();
                quote! { rt::Literal::Object(&[#(#entries),*]) }
            }
        };
        let name = identifier(&self.free(&format!("{}_VALUE", self.table)));
        self.values.push(syn::parse_quote! { const #name: rt::Literal<'static> = #value; });
        quote! { #name }
    }

    fn properties(&mut self, properties: &Properties<'s>) -> TokenStream {
        let named = self.named(properties.named);
        let patterns: Vec<TokenStream> = properties
            .patterns
            .iter()
            .map(|(pattern, reference)| {
                let (pattern, reference) = (self.pattern(pattern), self.reference(*reference));
                quote! { (#pattern, #reference) }
            })
            .collect();
        let additional = self.optional(properties.additional);
        quote! {
            &rt::Properties { named: #named, patterns: &[#(#patterns),*], additional: #additional }
        }
    }
}

/// Whether there are schemas of properties among rules.
fn has_properties(rules: &[Rule<'_>]) -> bool {
    rules.iter().any(|rule| matches!(rule, Rule::Properties(it) if !it.named.is_empty()))
}

/// Whether rules say so little that they need no static.
fn is_trivial(rules: &[Rule<'_>]) -> bool {
    matches!(rules, [] | [Rule::Never | Rule::Type(_)])
}

/// The schemas within a rule.
fn references<'s>(rule: &Rule<'s>) -> Vec<SchemaRef<'s>> {
    match rule {
        Rule::PropertyNames(schema)
        | Rule::UnevaluatedItems(schema)
        | Rule::UnevaluatedProperties(schema) => vec![*schema],
        Rule::Items(items) => items.prefix.iter().copied().chain(items.rest).collect(),
        Rule::Contains(contains) => vec![contains.schema],
        Rule::Properties(properties) => {
            let named = properties.named.iter().map(|(_, schema)| *schema);
            let patterns = properties.patterns.iter().map(|(_, schema)| *schema);
            named.chain(patterns).chain(properties.additional).collect()
        }
        rule => rule.schemas_on_value(),
    }
}

/// The name of a rule's variant.
fn variant(rule: &Rule<'_>) -> &'static str {
    macro_rules! variants {
        ($($variant:ident)*) => {
            match rule { $(Rule::$variant { .. } => stringify!($variant),)* }
        };
    }
    variants! {
        Never Type Const Enum Minimum ExclusiveMinimum Maximum ExclusiveMaximum MultipleOf
        MinLength MaxLength Pattern Format Items Contains MinItems MaxItems UniqueItems Properties
        PropertyNames Required DependentRequired DependentSchemas MinProperties MaxProperties
        PropertyOrder AllOf AnyOf OneOf Not If UnevaluatedItems UnevaluatedProperties
    }
}

/// What a rule without schemas and values holds.
fn leaf(rule: &Rule<'_>) -> TokenStream {
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
        | Rule::MaxProperties(count) => whole(i128::from(*count)),
        Rule::Format(format) => format_path(*format),
        Rule::Required(names) => strings(names),
        Rule::DependentRequired(entries) => {
            let entries = entries.iter().map(|(name, names)| {
                let (name, names) = (string(name), strings(names));
                quote! { (#name, #names) }
            });
            quote! { &[#(#entries),*] }
        }
        Rule::PropertyOrder(orders) => {
            let orders = orders.iter().map(order);
            quote! { &[#(#orders),*] }
        }
        // These hold schemas, and are written where those are.
        _ => TokenStream::new(),
    }
}

fn order(order: &PropertyOrder<'_>) -> TokenStream {
    let (first, or_equal, second) = (string(order.first), order.or_equal, string(order.second));
    quote! { rt::PropertyOrder { first: #first, or_equal: #or_equal, second: #second } }
}

fn pattern_item(name: &str, pattern: &Pattern<'_>) -> syn::Item {
    let name = identifier(name);
    let (source, translated) = (string(pattern.source()), string(pattern.translated()));
    syn::parse_quote! {
        static #name: rt::Pattern<'static> = rt::Pattern::new(#source, #translated);
    }
}

fn type_set(types: Types) -> TokenStream {
    let is_in_digits = !types.contains(Types::INTEGER);
    let mut sets = types.names().map(|name| {
        let name = match name {
            "integer" if is_in_digits => identifier("DIGITS"),
            name => identifier(&name.to_shouty_snake_case()),
        };
        quote! { rt::Types::#name }
    });
    let first = sets.next().unwrap_or_else(|| quote! { rt::Types::NONE });
    sets.fold(first, |all, next| quote! { #all.or(#next) })
}

fn format_path(format: Format) -> TokenStream {
    let name = identifier(&format!("{format:?}"));
    quote! { rt::Format::#name }
}

/// The mantissa and the exponent of a number: the parser of files takes none that is not made of these.
pub(super) fn parts(number: &Decimal<'_>) -> (i128, i32) {
    match number.parts().unwrap_or_default() {
        (0, _) => (0, 0),
        parts => parts,
    }
}

fn decimal(number: &Decimal<'_>) -> TokenStream {
    let (mantissa, exponent) = parts(number);
    let (mantissa, exponent) = (whole(mantissa), whole(i128::from(exponent)));
    quote! { rt::Decimal::new(#mantissa, #exponent) }
}

fn strings(texts: &[&str]) -> TokenStream {
    let texts = texts.iter().map(|text| string(text));
    quote! { &[#(#texts),*] }
}

/// A number as people write it: with its digits in groups, without a suffix.
pub(super) fn whole(number: i128) -> TokenStream {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left.is_multiple_of(3) && digits.len() > 4 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    let magnitude: TokenStream = grouped.parse().unwrap_or_default();
    if number < 0 {
        quote! { -#magnitude }
    } else {
        magnitude
    }
}

/// A string of no line over 100 columns: a long one goes on in the next line.
fn string(text: &str) -> TokenStream {
    const LONGEST: usize = 44;
    let short = Token::string(text);
    if short.to_string().len() <= LONGEST + 2 {
        return quote! { #short };
    }
    let mut long = String::from("\"");
    let mut column = 0;
    for character in text.chars() {
        // White space at a line's start would not count.
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

fn identifier(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

//! Emits rules as statics.
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
//! A schema that is short and used once is written where it is used. Any other is a static of its
//! own, named after its place. A pattern is a static too, which all equal patterns share: it is
//! compiled at its first use, and rustc refuses to borrow such a value within another static
//! (E0492).

mod named;
mod tokens;

use heck::ToUpperCamelCase as _;
use proc_macro2::TokenStream;
use quote::quote;
use wechat_bizwifi_rules::{Literal, Pattern, Properties, Rule, SchemaRef};

use self::tokens::{decimal, leaf, list, pair, string};
pub(super) use self::tokens::{integer, option, parts};
use super::{Chunk, ident};
use crate::compile::{Compiler, NodeId};
use crate::util::Set;

/// Emits the statics of some nodes and of all nodes that they lead to. Each root comes with the
/// name of its static; the others are named after their places, or if not, are numbered.
pub(crate) fn emit_tables(
    compiler: &Compiler<'_>,
    roots: &[(NodeId, String)],
    are_named_by_place: bool,
    output: &mut impl Extend<Chunk>,
) {
    Tables {
        compiler,
        are_named_by_place,
        names: vec![None; compiler.schemas().len()],
        taken: Set::default(),
        patterns: Vec::new(),
        values: Vec::new(),
        table: String::new(),
    }
    .emit(roots, output);
}

struct Tables<'t, 's> {
    compiler: &'t Compiler<'s>,
    are_named_by_place: bool,
    /// The names of the nodes that are statics.
    names: Vec<Option<String>>,
    taken: Set<String>,
    /// The patterns with the names of their statics, sorted by source.
    patterns: Vec<(String, &'s Pattern<'s>)>,
    /// The constants of arrays and objects in `const` and `enum`.
    values: Vec<syn::Item>,
    /// The name of the static that is being written.
    table: String,
}

impl<'s> Tables<'_, 's> {
    fn emit(mut self, roots: &[(NodeId, String)], output: &mut impl Extend<Chunk>) {
        for (root, name) in roots {
            self.taken.insert(name.clone());
            self.names[root.0 as usize] = Some(name.clone());
        }
        let order = self.name_shared(roots);
        output.extend(order.into_iter().map(|node| Chunk::item(self.table(node))));
        let patterns = self.patterns.iter().map(|(name, pattern)| pattern_item(name, pattern));
        output.extend(patterns.chain(self.values).map(Chunk::item));
    }

    fn rules(&self, node: u32) -> &'s [Rule<'s>] {
        self.compiler.rules(NodeId(node))
    }

    /// The name of a node's static, if it is one.
    fn name(&self, node: u32) -> Option<&String> {
        self.names[node as usize].as_ref()
    }

    fn table(&mut self, node: u32) -> syn::Item {
        self.table = self.name(node).cloned().unwrap_or_default();
        let name = ident(&self.table);
        let schema = self.schema(node);
        syn::parse_quote! { static #name: rt::Schema<'static> = #schema; }
    }

    fn schema(&mut self, node: u32) -> TokenStream {
        let rules = list(self.rules(node), |rule| self.rule(rule));
        quote! { rt::Schema(#rules) }
    }

    fn reference(&mut self, reference: SchemaRef<'s>) -> TokenStream {
        let node = self.node(reference);
        if let Some(name) = self.name(node) {
            let name = ident(name);
            return quote! { rt::SchemaRef::To(&#name) };
        }
        let schema = self.schema(node);
        quote! { rt::SchemaRef::To(&#schema) }
    }

    fn references(&mut self, references: &[SchemaRef<'s>]) -> TokenStream {
        list(references, |reference| self.reference(*reference))
    }

    fn optional(&mut self, reference: Option<SchemaRef<'s>>) -> TokenStream {
        option(reference.map(|reference| self.reference(reference)))
    }

    fn named(&mut self, entries: &[(&'s str, SchemaRef<'s>)]) -> TokenStream {
        list(entries, |(name, reference)| pair(&string(name), &self.reference(*reference)))
    }

    fn pattern(&mut self, pattern: &'s Pattern<'s>) -> TokenStream {
        let source = |(_, known): &(_, &'s Pattern<'s>)| known.source().cmp(pattern.source());
        let index = self.patterns.binary_search_by(source).unwrap_or_else(|free| {
            let name = self.free(&format!("{}_PATTERN", self.table));
            self.patterns.insert(free, (name, pattern));
            free
        });
        let name = ident(&self.patterns[index].0);
        quote! { &#name }
    }

    fn rule(&mut self, rule: &Rule<'s>) -> TokenStream {
        let name = variant(rule);
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
                let (schema, min) = (self.reference(contains.schema), integer(contains.min.into()));
                let max = option(contains.max.map(|max| integer(max.into())));
                quote! { &rt::Contains { schema: #schema, min: #min, max: #max } }
            }
            Rule::Properties(properties) => self.properties(properties),
            Rule::Const(value) => {
                let value = self.literal(value);
                quote! { &#value }
            }
            Rule::Enum(values) => list(values, |value| self.literal(value)),
            _ => leaf(rule),
        };
        quote! { rt::Rule::#name(#value) }
    }

    /// A value. An array or object becomes a constant of its own, so that they are not nested.
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
                let items = list(items, |item| self.literal(item));
                quote! { rt::Literal::Array(#items) }
            }
            Literal::Object(entries) => {
                let entries =
                    list(entries, |(name, value)| pair(&string(name), &self.literal(value)));
                quote! { rt::Literal::Object(#entries) }
            }
        };
        let name = ident(&self.free(&format!("{}_VALUE", self.table)));
        self.values.push(syn::parse_quote! { const #name: rt::Literal<'static> = #value; });
        quote! { #name }
    }

    fn properties(&mut self, properties: &Properties<'s>) -> TokenStream {
        let named = self.named(properties.named);
        let patterns = list(properties.patterns, |(pattern, reference)| {
            pair(&self.pattern(pattern), &self.reference(*reference))
        });
        let additional = self.optional(properties.additional);
        quote! { &rt::Properties { named: #named, patterns: #patterns, additional: #additional } }
    }
}

/// The name of a rule's variant, which is that of its keyword.
fn variant(rule: &Rule<'_>) -> syn::Ident {
    match rule {
        Rule::Never => ident("Never"),
        rule => ident(&rule.keyword().to_upper_camel_case()),
    }
}

fn pattern_item(name: &str, pattern: &Pattern<'_>) -> syn::Item {
    let name = ident(name);
    let (source, translated) = (string(pattern.source()), string(pattern.translated()));
    syn::parse_quote! {
        static #name: rt::Pattern<'static> = rt::Pattern::new(#source, #translated);
    }
}

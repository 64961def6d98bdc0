//! Operations: what the runtime needs to know of each, and the client's methods.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::types::{ident, rust_type, to_line};
use super::{Calls, Chunk, Style, docs, scalars};
use crate::model::{Body, Literal, Operation, Reply, Shape, TypeId};
use crate::plan::Plan;
use crate::schema::{ReturnCode, known_code};

/// What the runtime needs to know of the operation whose request a type is.
pub(super) fn endpoints(plan: &Plan<'_>, request: TypeId) -> Option<Chunk> {
    plan.model
        .operations
        .iter()
        .find(|operation| operation.request == request)
        .map(|operation| endpoint(plan, operation))
}

fn endpoint(plan: &Plan<'_>, operation: &Operation) -> Chunk {
    let request = ident(&plan.model.get(operation.request).name);
    let reply = reply_type(plan, &operation.reply);
    let facts = facts(plan, operation);
    Chunk::item(parse_quote! {
        impl rt::Endpoint for #request {
            type Reply = #reply;
            const OPERATION: &'static rt::Operation = &#facts;
        }
    })
}

fn facts(plan: &Plan<'_>, operation: &Operation) -> TokenStream {
    let Operation { id, path, code, message, .. } = operation;
    let method = if operation.is_get { quote!(rt::Method::Get) } else { quote!(rt::Method::Post) };
    let idempotent = operation.idempotent.then(|| quote!(.idempotent()));
    let without_token = (!operation.needs_token).then(|| quote!(.without_token()));
    let payload = match &operation.reply {
        Reply::Nothing => quote!(rt::Payload::Nothing),
        Reply::Root(_) => quote!(rt::Payload::Root),
        Reply::Property { name, .. } => quote!(rt::Payload::Property(#name)),
    };
    let codes = (!plan.model.codes.is_empty()).then(|| quote!(.return_codes(RETURN_CODES)));
    quote! {
        rt::Operation::new(#id, #method, #path)
            #idempotent
            #without_token
            .envelope(#code, #message, #payload)
            #codes
    }
}

fn reply_type(plan: &Plan<'_>, reply: &Reply) -> syn::Type {
    match reply {
        Reply::Nothing => parse_quote!(()),
        Reply::Root(shape) => rust_type(plan, shape),
        Reply::Property { shape, required, .. } => {
            let plain = rust_type(plan, shape);
            let is_optional = !required && !matches!(shape, Shape::Nullable(_));
            if is_optional { parse_quote!(Option<#plain>) } else { plain }
        }
    }
}

/// The Rust type of a reply, as source.
pub(crate) fn reply_name(plan: &Plan<'_>, reply: &Reply) -> String {
    to_line(&reply_type(plan, reply))
}

/// The client's methods, one line each over `send`.
pub(super) fn methods(plan: &Plan<'_>, style: &Style) -> Vec<Chunk> {
    let operations: Vec<&Operation> =
        plan.model.operations.iter().filter(|operation| !operation.internal).collect();
    if operations.is_empty() {
        return Vec::new();
    }
    match &style.calls {
        Calls::Inherent => inherent(plan, &operations, style),
        Calls::Trait(name) => extension(plan, &operations, name),
    }
}

fn inherent(plan: &Plan<'_>, operations: &[&Operation], style: &Style) -> Vec<Chunk> {
    let runtime = &style.runtime;
    let asynchronous = operations.iter().map(|operation| -> syn::ImplItem {
        let example = example(plan, operation, style);
        let Call { attributes, name, request, reply } = &Call::new(plan, operation, &example);
        parse_quote! {
            #(#attributes)*
            pub async fn #name(&self, request: &#request) -> Result<#reply, rt::Error> {
                self.send(request).await
            }
        }
    });
    let waiting = operations.iter().map(|operation| -> syn::ImplItem {
        let Call { name, request, reply, .. } = &Call::new(plan, operation, "");
        let attributes = docs::attributes(&format!(
            "{}\n\nThe same as [`Client::{name}`]({runtime}::Client::{name}), which has the details, waiting for the reply.\n\n# Errors\n\nThe same.",
            operation.docs.summary,
            runtime = quote!(#runtime),
        ));
        let deprecated = scalars::deprecated(operation.deprecated);
        parse_quote! {
            #(#attributes)* #deprecated
            pub fn #name(&self, request: &#request) -> Result<#reply, rt::Error> {
                self.send(request)
            }
        }
    });
    let asynchronous: Item = parse_quote! { impl #runtime::Client { #(#asynchronous)* } };
    let waiting: Item = parse_quote! {
        #[cfg(feature = "blocking")]
        impl #runtime::blocking::Client { #(#waiting)* }
    };
    vec![Chunk::item(asynchronous), Chunk::item(waiting)]
}

/// Another crate's client gets its methods from a trait.
fn extension(plan: &Plan<'_>, operations: &[&Operation], name: &syn::Ident) -> Vec<Chunk> {
    let methods = operations.iter().map(|operation| -> syn::TraitItem {
        let Call { attributes, name, request, reply } = &Call::new(plan, operation, "");
        parse_quote! {
            #(#attributes)*
            fn #name(
                &self,
                request: &#request,
            ) -> impl Future<Output = Result<#reply, rt::Error>> + Send {
                self.as_ref().send(request)
            }
        }
    });
    let calls: Item = parse_quote! {
        /// The calls of this API, for a client that talks to it.
        pub trait #name: AsRef<rt::Client> { #(#methods)* }
    };
    let for_the_client: Item = parse_quote! { impl #name for rt::Client {} };
    vec![Chunk::item(calls), Chunk::item(for_the_client)]
}

/// What the methods of an operation have in common.
struct Call {
    attributes: Vec<syn::Attribute>,
    name: syn::Ident,
    request: syn::Ident,
    reply: syn::Type,
}

impl Call {
    fn new(plan: &Plan<'_>, operation: &Operation, example: &str) -> Self {
        let mut attributes = docs::attributes(&method_docs(plan, operation, example));
        attributes.extend(scalars::deprecated(operation.deprecated));
        Self {
            attributes,
            name: ident(&operation.method_name),
            request: ident(&plan.model.get(operation.request).name),
            reply: reply_type(plan, &operation.reply),
        }
    }
}

fn method_docs(plan: &Plan<'_>, operation: &Operation, example: &str) -> String {
    let mut text = format!("{}\n\n{}", docs::operation(operation), docs::source(operation));
    text.push_str(if operation.idempotent {
        "\n\nThe call may be repeated, and is, where repeating it can help."
    } else {
        "\n\nThe call is not repeated once it may have reached the service."
    });
    text.push_str(example);
    text.push_str("\n\n# Errors\n\nAs every call.");
    let known = operation.errors.iter().filter_map(|code| known_code(&plan.model.codes, *code));
    let known: Vec<String> = known.map(known_error).collect();
    if !known.is_empty() {
        text.push_str(" Return codes that this endpoint is known for:\n\n");
        text.push_str(&known.join("\n"));
    }
    text
}

fn known_error(code: &ReturnCode) -> String {
    let name = code.name.as_ref().map_or_else(String::new, |name| format!(" (`{name}`)"));
    format!("- {}{name}: {}", code.code, code.meaning)
}

/// An example that the documentation's own makes, compiled as a doc test. Empty, if it is not
/// made of scalars alone.
fn example(plan: &Plan<'_>, operation: &Operation, style: &Style) -> String {
    if operation.docs.example.is_empty() {
        return String::new();
    }
    let krate = &style.crate_name;
    let request = &plan.model.get(operation.request).name;
    let mut lines = vec![
        "\n\n# Example".to_owned(),
        String::new(),
        "```no_run".to_owned(),
        format!("use {krate}::{{Client, {request}}};"),
        String::new(),
        format!("# async fn example(client: Client) -> Result<(), {krate}::Error> {{"),
        format!("let request = {request}::builder()"),
    ];
    lines.extend(setters(plan, operation));
    lines.push("    .build()?;".to_owned());
    lines.push(format!("let reply = client.{}(&request).await?;", operation.method_name));
    lines.push("# drop(reply);\n# Ok(())\n# }\n```".to_owned());
    lines.join("\n")
}

fn setters(plan: &Plan<'_>, operation: &Operation) -> Vec<String> {
    let Body::Object(object) = &plan.model.get(operation.request).body else {
        return Vec::new();
    };
    let setter = |(name, value): &(String, Literal)| {
        let property = object.properties.iter().find(|property| property.name == *name)?;
        let settable = !super::objects::is_fixed(plan, property);
        settable.then(|| format!("    .{}({})", property.field, docs::literal(value)))
    };
    operation.docs.example.iter().filter_map(setter).collect()
}

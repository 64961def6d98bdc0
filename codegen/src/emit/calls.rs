//! Emits what the runtime needs to know of each operation, and the client's methods.
//!
//! ```text
//! { "operationId": "getShop", "method": "POST", "path": "/shop/get", .. }
//!
//! rt::endpoint!(GetShop -> Option<Shop>, rt::Operation::new("getShop", rt::Method::Post, "/shop/get") ..);
//!
//! pub fn get_shop<'a>(&'a self, request: &'a GetShop) -> rt::CallFuture<'a, Option<Shop>> {
//!     self.send(request)
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::attributes::{deprecated, marks};
use super::examples::Examples;
use super::paging::ItemsCall;
use super::text::{expression_lines, folded, type_text};
use super::types::{ident, rust_type};
use super::{Calls, Chunk, Line, Style, Table, docs, secrets};
use crate::model::{Operation, Reply, TypeExpr, TypeId};
use crate::plan::Plan;
use crate::schema::{ReturnCode, known_code};
use crate::util::{CollectVec as _, PushAll as _};

/// What the runtime needs to know of an operation.
pub(super) fn endpoint(plan: &Plan<'_>, operation: &Operation, style: &Style) -> Chunk {
    let request = &plan.model.get(operation.request).name;
    let reply = type_text(&reply_type(plan, &operation.reply));
    let facts = expression_lines(&facts(plan, operation, style)).into_iter();
    Chunk::Table(Table {
        open: vec![format!("rt::endpoint!({request} -> {reply},")],
        indent: 1,
        lines: facts.map(Line::plain).collect_vec(),
        close: vec![");".to_owned()],
    })
}

fn facts(plan: &Plan<'_>, operation: &Operation, style: &Style) -> TokenStream {
    let Operation { id, path, code, message, .. } = operation;
    let method = ident(if operation.is_get { "Get" } else { "Post" });
    let idempotent = operation.idempotent.then(|| quote! { .idempotent() });
    let without_token = (!operation.needs_token).then(|| quote! { .without_token() });
    let payload = match &operation.reply {
        Reply::Nothing => quote! { Nothing },
        Reply::Root(_) => quote! { Root },
        Reply::Property { name, .. } => quote! { Property(#name) },
    };
    let codes = (!plan.model.codes.is_empty()).then(|| match style.calls {
        // A table of the runtime's own API has Chinese texts, which most programs do not need.
        Calls::Inherent => quote! { .return_codes(RETURN_CODES.in_english()) },
        Calls::Trait(_) => quote! { .return_codes(RETURN_CODES) },
    });
    let secrets = secrets(plan, operation);
    let builder = ident(&format!("{}Builder", plan.model.get(operation.request).name));
    let paging = operation.paging.is_some().then(|| {
        quote! { .paging(<#builder as rt::Paged>::PAGING) }
    });
    quote! {
        rt::Operation::new(#id, rt::Method::#method, #path) #idempotent #without_token
            .envelope(#code, #message, rt::Payload::#payload) #codes #secrets #paging
    }
}

fn secrets(plan: &Plan<'_>, operation: &Operation) -> Option<TokenStream> {
    let names = secrets::names(plan, operation);
    (!names.is_empty()).then(|| quote! { .secrets(&[#(#names),*]) })
}

fn reply_type(plan: &Plan<'_>, reply: &Reply) -> syn::Type {
    match reply {
        Reply::Nothing => parse_quote!(()),
        Reply::Root(ty) => rust_type(plan, ty),
        Reply::Property { ty, required, .. } => {
            let plain = rust_type(plan, ty);
            let is_nullable = matches!(ty, TypeExpr::Nullable(_));
            if *required || is_nullable { plain } else { parse_quote!(Option<#plain>) }
        }
    }
}

/// The Rust type of a reply, as source.
pub(crate) fn reply_name(plan: &Plan<'_>, reply: &Reply) -> String {
    type_text(&reply_type(plan, reply))
}

/// The client's methods, one line each over `send`.
pub(super) fn methods(examples: &Examples<'_>) -> Vec<Chunk> {
    let Examples { plan, style, .. } = examples;
    let operations =
        plan.model.operations.iter().filter(|operation| !operation.internal).collect_vec();
    if operations.is_empty() {
        return Vec::new();
    }
    match &style.calls {
        Calls::Inherent => inherent(examples, &operations),
        Calls::Trait(name) => extension(plan, &operations, name, style),
    }
}

fn inherent(examples: &Examples<'_>, operations: &[&Operation]) -> Vec<Chunk> {
    let Examples { plan, style, .. } = examples;
    let runtime = &style.runtime;
    let asynchronous = operations.iter().map(|operation| -> syn::ImplItem {
        let text = method_docs(plan, operation, &example(examples, operation), style);
        let Call { attributes, name, request, reply } = &Call::new(plan, operation, &text);
        parse_quote! {
            #(#attributes)*
            pub fn #name<'a>(&'a self, request: &'a #request) -> rt::CallFuture<'a, #reply> {
                self.send(request)
            }
        }
    });
    let blocking = operations.iter().map(|operation| -> syn::ImplItem {
        let text = blocking_docs(operation, style);
        let Call { attributes, name, request, reply } = &Call::new(plan, operation, &text);
        parse_quote! {
            #(#attributes)*
            pub fn #name(&self, request: &#request) -> Result<#reply, rt::Error> {
                self.send(request)
            }
        }
    });
    let items = |pages: TokenStream| {
        let calls = operations.iter().filter_map(|it| Some((it, ItemsCall::of(plan, it)?)));
        calls.map(move |(operation, call)| call.inherent(operation, &pages, style))
    };
    let asynchronous = asynchronous.chain(items(quote! { #runtime::Pages }));
    let blocking = blocking.chain(items(quote! { #runtime::blocking::Pages }));
    let asynchronous: Item = parse_quote! { impl #runtime::Client { #(#asynchronous)* } };
    let blocking: Item = parse_quote! {
        #[cfg(feature = "blocking")]
        impl #runtime::blocking::Client { #(#blocking)* }
    };
    vec![Chunk::item(asynchronous), Chunk::item(blocking)]
}

/// The trait that adds the methods to another crate's client.
fn extension(
    plan: &Plan<'_>,
    operations: &[&Operation],
    name: &syn::Ident,
    style: &Style,
) -> Vec<Chunk> {
    let method = |operation: &&Operation| {
        let request = &plan.model.get(operation.request).name;
        let reply = type_text(&reply_type(plan, &operation.reply));
        Line {
            docs: docs::wrap(&method_docs(plan, operation, "", style)),
            attributes: marks(operation.deprecated),
            text: folded(
                2,
                &[
                    vec![format!("fn {}(", operation.method_name)],
                    vec![format!("{request})")],
                    vec![format!("-> {reply};")],
                ],
            )
            // `folded` puts a space between two parts.
            .replacen("( ", "(", 1),
        }
    };
    let head = Line {
        docs: vec!["The calls of this API, for a client that talks to it.".to_owned()],
        text: format!("pub trait {name} {{"),
        ..Line::default()
    };
    let items =
        |operation: &&Operation| Some(ItemsCall::of(plan, operation)?.line(operation, style));
    let items = operations.iter().filter_map(items).collect_vec();
    // This line tells the macro that methods which yield items follow.
    let pages = Line { text: "pages;".to_owned(), ..Line::default() };
    let pages = (!items.is_empty()).then_some(pages);
    let methods = operations.iter().map(method).chain(pages).chain(items).collect_vec();
    vec![Chunk::Table(Table::item("calls", &head, methods))]
}

/// What the asynchronous and the blocking method of an operation have in common.
struct Call {
    attributes: Vec<syn::Attribute>,
    name: syn::Ident,
    request: syn::Ident,
    reply: syn::Type,
}

impl Call {
    fn new(plan: &Plan<'_>, operation: &Operation, text: &str) -> Self {
        let mut attributes = docs::attributes(text);
        attributes.push_all(deprecated(operation.deprecated));
        Self {
            attributes,
            name: ident(&operation.method_name),
            request: ident(&plan.model.get(operation.request).name),
            reply: reply_type(plan, &operation.reply),
        }
    }
}

fn method_docs(plan: &Plan<'_>, operation: &Operation, example: &str, style: &Style) -> String {
    let mut text = format!("{}\n\n{}", docs::operation(operation), docs::source(operation));
    text.push_str(if operation.idempotent {
        " The call is idempotent: it is repeated where that can help."
    } else {
        " The call is not repeated once it may have reached the service."
    });
    text.push_str(example);
    text.push_str(&format!("\n\n# Errors\n\nAs [every call]({}).", errors_page(style)));
    let known = operation.errors.iter().filter_map(|code| known_code(&plan.model.codes, *code));
    let known = known.map(known_error).collect_vec();
    if !known.is_empty() {
        text.push_str(" Return codes that this endpoint is known for:\n\n");
        text.push_str(&known.join("\n"));
    }
    text
}

fn blocking_docs(operation: &Operation, style: &Style) -> String {
    format!(
        "{}\n\nWaits for the reply; {} has the details.\n\n\
         # Errors\n\nAs [every call]({}).",
        docs::described(&operation.docs.summary),
        docs::method_link(operation, style),
        errors_page(style)
    )
}

fn errors_page(style: &Style) -> String {
    format!("{}::guide::errors", type_text(&style.runtime))
}

/// A sentence that says which call a request is for, with a link to it.
pub(super) fn request_of(operation: &Operation, style: &Style) -> String {
    let call = if operation.internal {
        format!("the operation `{}`", operation.id)
    } else {
        docs::method_link(operation, style)
    };
    match docs::page(operation) {
        None => format!("The request of {call}."),
        Some(page) => format!("The request of {call}, documented at {page}."),
    }
}

/// A sentence that says which calls return a type, with links to them.
pub(super) fn reply_of(plan: &Plan<'_>, id: TypeId, style: &Style) -> Option<String> {
    let answers = |operation: &&Operation| match &operation.reply {
        Reply::Nothing => false,
        Reply::Root(ty) | Reply::Property { ty, .. } => {
            ty.named_within() == Some(id) && !operation.internal
        }
    };
    let calls = plan.model.operations.iter().filter(answers);
    let calls = calls.map(|operation| docs::method_link(operation, style)).collect_vec();
    (!calls.is_empty()).then(|| format!("What {} returns.", calls.join(" or ")))
}

fn known_error(code: &ReturnCode) -> String {
    let name = code.name.as_ref().map_or_else(String::new, |name| format!(" (`{name}`)"));
    docs::item(&format!("{}{name}: {}", code.code, code.in_both_languages()))
}

/// An example made of the first documented request, and compiled as a doc test; empty if the
/// request has other values than scalars.
fn example(examples: &Examples<'_>, operation: &Operation) -> String {
    let Some(setters) = examples.setters(operation.request) else { return String::new() };
    let krate = &examples.style.crate_name;
    let request = &examples.plan.model.get(operation.request).name;
    let mut lines = vec![
        "\n\n# Example".to_owned(),
        String::new(),
        "```".to_owned(),
        format!("use {krate}::{request};"),
        format!("# use {krate}::testing::TestServer;"),
        String::new(),
        "# let runtime = tokio::runtime::Runtime::new()?;".to_owned(),
        "# runtime.block_on(async {".to_owned(),
        "# let server = TestServer::start().await?;".to_owned(),
        "# let client = server.client_builder().build()?;".to_owned(),
        format!("let request = {request}::builder()"),
    ];
    lines.push_all(setters);
    lines.push("    .build()?;".to_owned());
    let call = format!("client.{}(&request).await?;", operation.method_name);
    match &operation.reply {
        Reply::Nothing => lines.push(call),
        _ => lines.push(format!("let reply = {call}\n# drop(reply);")),
    }
    lines.push("# Ok::<(), Box<dyn std::error::Error>>(())".to_owned());
    lines.push("# })?;".to_owned());
    lines.push("# Ok::<(), Box<dyn std::error::Error>>(())\n```".to_owned());
    lines.join("\n")
}

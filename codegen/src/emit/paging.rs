//! Emits what the runtime needs to read pages, and the client's methods that yield their items.
//!
//! ```text
//! rt::paged! {
//!     ListShopsBuilder => ListShops -> Shop {
//!         paging rt::Paging::by_page("shops", "pageindex", 1).items("records").key("shop_id");
//!         position pageindex: i64;
//!         items |reply| reply.map(|page| page.records);
//!         key |item| &item.shop_id;
//!     }
//! }
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};
use syn::parse_quote;

use super::attributes::{deprecated, marks};
use super::statics::option;
use super::text::{expression_lines, type_text};
use super::types::{ident, rust_type};
use super::{Chunk, Line, Style, Table, docs};
use crate::model::{Operation, Paging, Property, TypeExpr};
use crate::plan::Plan;
use crate::schema::Keyword;
use crate::util::{CollectVec as _, PushAll as _};

/// How the pages of an operation are requested and read; `None` if it has none.
pub(super) fn paged(plan: &Plan<'_>, operation: &Operation) -> Option<Chunk> {
    let paging = operation.paging.as_ref()?;
    let request = &plan.model.get(operation.request).name;
    let item = type_text(&rust_type(plan, &paging.item));
    let facts = expression_lines(&facts(paging)).join("\n");
    let mut lines = vec![format!("paging {facts};")];
    lines.push(property_line(plan, operation, "position", paging.position())?);
    if let Some(size) = paging.get(Keyword::Size) {
        lines.push(property_line(plan, operation, "size", size)?);
    }
    lines.push(format!("items |reply| {};", items(plan, operation, paging)));
    for keyword in [Keyword::Pages, Keyword::Total] {
        let count = paging.get(keyword).map(|count| count_of(plan, operation, count));
        lines.push_all(count.map(|count| format!("{} |reply| {count};", keyword.name())));
    }
    lines.push(format!("key |item| {};", key(plan, paging)));
    let head = Line::plain(format!("{request}Builder => {request} -> {item} {{"));
    let lines = lines.into_iter().map(Line::plain);
    Some(Chunk::Table(Table::item("paged", &head, lines.collect_vec())))
}

fn property_line(plan: &Plan<'_>, operation: &Operation, what: &str, name: &str) -> Option<String> {
    let object = plan.object(operation.request)?;
    let property = object.properties.iter().find(|property| property.name == *name)?;
    Some(format!("{what} {}: {};", property.field, type_text(&rust_type(plan, &property.ty))))
}

/// The expression for the items of `reply`.
fn items(plan: &Plan<'_>, operation: &Operation, paging: &Paging) -> String {
    let Some(items) = paging.get(Keyword::Items) else { return "reply".to_owned() };
    let field = field(plan, operation.reply.ty(), items);
    if operation.reply.is_optional() {
        format!("reply.map(|page| page.{field})")
    } else {
        format!("reply.{field}")
    }
}

/// The expression for a count in `reply`, which is borrowed.
fn count_of(plan: &Plan<'_>, operation: &Operation, count: &str) -> String {
    let field = field(plan, operation.reply.ty(), count);
    if operation.reply.is_optional() {
        format!("reply.as_ref().map(|page| &page.{field})")
    } else {
        format!("&reply.{field}")
    }
}

fn key(plan: &Plan<'_>, paging: &Paging) -> String {
    match paging.get(Keyword::Key) {
        None => "item".to_owned(),
        Some(key) => format!("&item.{}", field(plan, Some(&paging.item), key)),
    }
}

/// The field of the object's property `name`.
fn field(plan: &Plan<'_>, ty: Option<&TypeExpr>, name: &str) -> String {
    let object = match ty.map(TypeExpr::peeled) {
        Some(TypeExpr::Named(id)) => plan.object(*id),
        _ => None,
    };
    let properties = object.as_ref().map_or(&[][..], |object| &object.properties);
    let property = properties.iter().find(|property| property.name == *name);
    // Lowering checked that the property exists.
    property.map(|property| property.field.clone()).unwrap_or_default()
}

/// The expression for what is known of an operation's pages without its types.
fn facts(paging: &Paging) -> TokenStream {
    let (name, position) = (&paging.name, paging.position());
    let begin = match paging.first {
        Some(first) => {
            let first = Literal::u64_unsuffixed(first);
            quote! { by_page(#name, #position, #first) }
        }
        None => quote! { by_offset(#name, #position) },
    };
    let size = paging.size.as_ref().map(|size| {
        let name = paging.get(Keyword::Size);
        let (default, most) = (number(size.default), number(size.most));
        quote! { .size(#name, #default, #most) }
    });
    let parts = [Keyword::Items, Keyword::Pages, Keyword::Total, Keyword::Key].into_iter();
    let parts = parts.filter_map(|it| Some((ident(it.name()), paging.get(it)?)));
    let parts = parts.map(|(method, name)| quote! { .#method(#name) });
    quote! { rt::Paging::#begin #size #(#parts)* }
}

fn number(number: Option<u64>) -> TokenStream {
    option(number.map(|number| Literal::u64_unsuffixed(number).into_token_stream()))
}

/// A method that yields the items of all pages.
pub(crate) struct ItemsCall {
    pub(crate) name: syn::Ident,
    pub(crate) request: syn::Ident,
    pub(crate) builder: syn::Ident,
    /// Whether callers pass a builder, since the request has other required properties.
    pub(crate) takes_builder: bool,
    pub(crate) item: syn::Type,
}

impl ItemsCall {
    pub(crate) fn of(plan: &Plan<'_>, operation: &Operation) -> Option<Self> {
        let paging = operation.paging.as_ref()?;
        let request = &plan.model.get(operation.request).name;
        Some(Self {
            name: ident(&paging.method_name),
            request: ident(request),
            builder: ident(&format!("{request}Builder")),
            takes_builder: takes_builder(plan, operation, paging),
            item: rust_type(plan, &paging.item),
        })
    }

    /// The method of a client; `pages` is the type that the client returns.
    pub(super) fn inherent(
        &self,
        operation: &Operation,
        pages: &TokenStream,
        style: &Style,
    ) -> syn::ImplItem {
        let Self { name, request, builder, item, .. } = self;
        let docs = docs::attributes(&self.docs(operation, style));
        let deprecation = deprecated(operation.deprecated);
        let (parameter, pages_of) = if self.takes_builder {
            (quote! { , builder: #builder }, quote! { builder })
        } else {
            (TokenStream::new(), quote! { #request::builder() })
        };
        parse_quote! {
            #(#docs)* #deprecation
            pub fn #name(&self #parameter) -> #pages<#item> {
                self.pages(#pages_of)
            }
        }
    }

    /// The line of the method in the trait of calls.
    pub(super) fn line(&self, operation: &Operation, style: &Style) -> Line {
        let Self { name, request, builder, .. } = self;
        let item = type_text(&self.item);
        let text = if self.takes_builder {
            format!("fn {name}({builder}) -> {item};")
        } else {
            format!("fn {name}() of {request} -> {item};")
        };
        let docs = docs::wrap(&self.docs(operation, style));
        Line { docs, attributes: marks(operation.deprecated), text }
    }

    fn docs(&self, operation: &Operation, style: &Style) -> String {
        let runtime = type_text(&style.runtime);
        let builder = if self.takes_builder {
            "The position of each page is set, and the size of pages if the builder has none."
                .to_owned()
        } else {
            format!(
                "To list less, pass a builder of the request to \
                 [`Client::pages`]({runtime}::Client::pages)."
            )
        };
        format!(
            "All that {} lists, item by item.\n\nThe next page is read when it is needed; \
             [`Pages`]({runtime}::Pages) says how that ends. {builder}",
            docs::method_link(operation, style)
        )
    }
}

/// Whether a request has required properties besides the position and the size of a page.
fn takes_builder(plan: &Plan<'_>, operation: &Operation, paging: &Paging) -> bool {
    let Some(object) = plan.object(operation.request) else { return false };
    let is_of_pages = |name: &str| {
        name == paging.position() || paging.get(Keyword::Size).is_some_and(|size| size == name)
    };
    let is_needed = |property: &Property| {
        property.required && !is_of_pages(&property.name) && !plan.is_fixed(property)
    };
    object.properties.iter().any(is_needed)
}

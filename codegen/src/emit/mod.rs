//! Emits the plan as Rust. Each kind of item has a small function; none of them can fail.
//!
//! ```text
//! Type { name: "CardId", body: Newtype(Text([Number(MinLength, 1)])) }
//!
//! Item: pub struct CardId(String);              prettyplease writes it
//! Table: rt::text!(CardId, [MinLength(1)]);     written as it is, a line for each entry
//! ```

mod attributes;
mod calls;
mod codes;
mod constructor;
mod docs;
mod enums;
mod examples;
mod objects;
mod operations;
mod paging;
mod rules;
mod scalars;
mod secrets;
mod statics;
mod text;
mod types;
mod unions;

pub(crate) use calls::reply_name;
pub(crate) use constructor::Constructor;
pub(crate) use docs::literal;
pub(crate) use objects::view;
pub(crate) use paging::ItemsCall;
pub(crate) use statics::emit_tables;
pub(crate) use text::type_text;
use types::ident;
pub(crate) use types::{field_type, rust_type};

use self::examples::Examples;
use crate::model::{Body, Root, TypeId};
use crate::plan::Plan;
use crate::shape::Structs;
use crate::util::CollectVec as _;

/// How the generated code fits into its crate.
#[derive(Clone)]
pub(crate) struct Style {
    /// The path of the runtime, such as `crate` or `::wechat_bizwifi`.
    pub(crate) runtime: syn::Path,
    /// The crate's name, for examples in the documentation.
    pub(crate) crate_name: String,
    pub(crate) calls: Calls,
    /// Whether statics are named after the places of schemas, for readers of the code. Code that is
    /// compared does without: there, rules that are equal have equal code.
    pub(crate) names_statics: bool,
}

/// The style of code that is only compared, and never shown.
impl Default for Style {
    fn default() -> Self {
        Self {
            runtime: syn::parse_quote!(::wechat_bizwifi),
            crate_name: "api".to_owned(),
            calls: Calls::Trait(syn::parse_quote!(Calls)),
            names_statics: false,
        }
    }
}

/// Where the client's methods go.
#[derive(Clone)]
pub(crate) enum Calls {
    /// The client is a type of this crate, and gets them as methods of its own.
    Inherent,
    /// The client is a type of another crate, and a trait of this name adds them.
    Trait(syn::Ident),
}

/// A piece of the output.
pub(crate) enum Chunk {
    /// An item, which prettyplease formats.
    Item(Box<syn::Item>),
    Table(Table),
}

impl Chunk {
    fn item(item: syn::Item) -> Self {
        Self::Item(Box::new(item))
    }
}

/// A macro call or a constant, with a line for each entry: prettyplease would join the lines.
pub(crate) struct Table {
    /// The lines before the entries, each with its indentation.
    pub(crate) open: Vec<String>,
    pub(crate) indent: usize,
    pub(crate) lines: Vec<Line>,
    /// The lines after the entries, each with its indentation.
    pub(crate) close: Vec<String>,
}

impl Table {
    /// The call of a macro that makes an item, or implements its behaviour: the item's head up to
    /// its brace, and a line for each of its parts.
    fn item(macro_name: &str, head: &Line, lines: Vec<Line>) -> Self {
        let mut open = vec![format!("rt::{macro_name}! {{")];
        open.extend(head.rows().map(|row| format!("    {row}")));
        Self { open, indent: 2, lines, close: vec!["    }".to_owned(), "}".to_owned()] }
    }

    /// Adds lines after the item, before the macro's end.
    fn and(mut self, trailing: impl Iterator<Item = String>) -> Self {
        let end = self.close.pop();
        let lines = trailing.flat_map(|text| text.lines().map(str::to_owned).collect_vec());
        self.close.extend(lines.map(|line| format!("    {line}")));
        self.close.extend(end);
        self
    }
}

/// An entry of a table.
#[derive(Default)]
pub(crate) struct Line {
    /// The lines of its documentation.
    pub(crate) docs: Vec<String>,
    /// Its attributes, such as `#[deprecated]`.
    pub(crate) attributes: Vec<String>,
    pub(crate) text: String,
}

impl Line {
    /// A line without documentation.
    fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// The lines of source that it takes.
    pub(crate) fn rows(&self) -> impl Iterator<Item = String> {
        let docs = self.docs.iter().map(|docs| format!("/// {docs}").trim_end().to_owned());
        docs.chain(self.attributes.iter().cloned()).chain(self.text.lines().map(str::to_owned))
    }
}

/// The alias of a document's type, if the type has another name: the document is a reference.
fn root_alias(plan: &Plan<'_>, root: &Root) -> Option<Chunk> {
    let ty = rust_type(plan, &root.ty);
    let is_own = matches!(&ty, syn::Type::Path(path) if path.path.is_ident(&root.name));
    let name = ident(&root.name);
    let alias = syn::parse_quote! {
        /// What the document describes.
        pub type #name = #ty;
    };
    (!is_own).then(|| Chunk::item(alias))
}

/// The macro call that lets a type which is no object be read and checked in a box, if it is in
/// one.
fn boxed(plan: &Plan<'_>, id: TypeId) -> Option<Chunk> {
    let name = &plan.model.get(id).name;
    plan.is_part_in_box(id).then(|| scalars::call(format!("rt::boxed!({name});")))
}

/// Whether a type is deprecated, so that the generated code itself uses deprecated items.
pub(crate) fn uses_deprecated(plan: &Plan<'_>) -> bool {
    plan.types.keys().any(|id| plan.model.get(id).deprecated)
}

/// Emits everything that was planned, one chunk after the other. The output should keep text only,
/// since syntax takes many times the memory of its text.
pub(crate) fn emit(
    plan: &Plan<'_>,
    structs: &Structs,
    style: &Style,
    output: &mut impl Extend<Chunk>,
) {
    let runtime = &style.runtime;
    let examples = Examples::new(plan, style);
    output.extend([Chunk::item(syn::parse_quote! { use #runtime::__private as rt; })]);
    output.extend(calls::methods(&examples));
    for (id, planned) in plan.types.iter() {
        let named_type = plan.model.get(id);
        match &named_type.body {
            Body::Pending => {}
            Body::Newtype(ty, values) => {
                output.extend(scalars::newtype(&examples, id, *planned, (ty, values)));
                output.extend(boxed(plan, id));
            }
            Body::Enum(values) => output.extend(enums::enumeration(named_type, *planned, values)),
            Body::Union(union) => {
                output.extend(unions::union(plan, id, *planned, union));
                output.extend(boxed(plan, id));
            }
            Body::Object(_) => {
                let Some(object) = plan.object(id) else { continue };
                let fields = structs.fields(id);
                output.extend(objects::object(&examples, id, &object, fields));
                if let Some(operation) = plan.model.operation_of(id) {
                    output.extend([calls::endpoint(plan, operation, style)]);
                    output.extend(paging::paged(plan, operation));
                }
            }
        }
    }
    output.extend(plan.model.roots.iter().filter_map(|root| root_alias(plan, root)));
    output.extend(operations::operations(plan));
    output.extend(codes::return_codes(&plan.model.codes, style));
}

//! What the SDK's generated code offers, a line for each item, in `surface.txt`: there a change of
//! the public surface is seen at a glance.

use std::path::Path;
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, Meta, Visibility};
use wechat_bizwifi_codegen::Builder;

use crate::golden::{compare, folder};

#[test]
fn the_sdks_surface_is_as_it_was() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    let code = Builder::new(schema).runtime("crate").crate_name("wechat_bizwifi").generate();
    compare(&folder("surface.txt"), &surface(&code.unwrap()));
}

/// The code that is compiled without the feature `generate`, and while it is current in any build.
#[test]
fn the_code_in_the_source_tree_is_current() {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = packages.join("../sdk/src/generated");
    let file = generated.join("mod.rs");
    let builder = Builder::new(wechat_bizwifi_schema::root());
    let builder = builder.runtime("crate").crate_name("wechat_bizwifi");
    if crate::golden::is_updating() {
        builder.generate_to(&file).unwrap();
        let format = Command::new("rustfmt").args(["--edition", "2024"]).arg(&file).status();
        assert!(format.unwrap().success());
    }
    let stale = builder.check(&file).err();
    assert!(stale.is_none(), "{}: {}", stale.unwrap(), crate::golden::HOW);
    compare(&generated.join("FINGERPRINT"), wechat_bizwifi_schema::FINGERPRINT);
}

#[test]
fn every_kind_of_item_is_shown() {
    let code = Builder::new(folder("goldens/calls")).crate_name("api").generate().unwrap();
    let surface = surface(&code);
    for line in [
        "calls: pub trait Calls",
        "calls Calls: fn get_hours(GetHours) -> Option<Hours>",
        "calls Calls: #[deprecated] fn list_shops(ListShops) -> Vec<ShopId>",
        "sent: pub struct SetHours, builder: SetHoursBuilder, additional: Refused",
        "sent SetHours: required copy shop_id: ShopId as \"shop_id\"",
        "received GetTokenReply: required token: rt::Secret as \"token\"",
        "endpoint GetToken -> GetTokenReply, rt::Operation::new(\"getToken\", rt::Method::Post, \"/token\").without_token().envelope(\"code\", \"message\", rt::Payload::Root).return_codes(RETURN_CODES).secrets(&[\"secret\", \"token\"])",
        "enum GetTokenGrantType: Clone, Copy, Debug, PartialEq, Eq, Hash, Default",
        "enum GetTokenGrantType::ClientCredential",
        "text_enum GetTokenGrantType: \"client_credential\" = ClientCredential",
        "struct ShopId: Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord",
        "integer ShopId(i64), [Minimum(1)]",
        "const RETURN_CODES: &rt::ReturnCodes",
        "const return_code::NO_SUCH_SHOP: ReturnCode = ReturnCode::new(60001)",
    ] {
        assert!(surface.lines().any(|found| found == line), "{line}\nis not in\n{surface}");
    }
}

/// A line for each public item of some code, in its order.
fn surface(code: &str) -> String {
    let file = syn::parse_file(code).unwrap();
    let mut lines = Vec::new();
    for item in &file.items {
        show("", item, &mut lines);
    }
    lines.join("\n") + "\n"
}

fn show(path: &str, item: &Item, lines: &mut Vec<String>) {
    match item {
        Item::Struct(item) => show_struct(item, lines),
        Item::Enum(item) => show_enum(item, lines),
        Item::Impl(item) => show_impl(item, lines),
        Item::Macro(item) => show_macro(&item.mac, lines),
        Item::Type(item) => lines.push(format!("type {} = {}", item.ident, text(&item.ty))),
        Item::Const(item) => {
            let value = if text(&item.expr).len() < 60 {
                format!(" = {}", text(&item.expr))
            } else {
                String::new()
            };
            lines.push(format!("const {path}{}: {}{value}", item.ident, text(&item.ty)));
        }
        Item::Mod(item) => {
            for inner in item.content.iter().flat_map(|(_, items)| items) {
                show(&format!("{}::", item.ident), inner, lines);
            }
        }
        Item::Use(_) => {}
        other => lines.push(text(other)),
    }
}

fn show_struct(item: &syn::ItemStruct, lines: &mut Vec<String>) {
    lines.push(format!("{}struct {}{}", marks(&item.attrs), item.ident, derives(&item.attrs)));
}

fn show_enum(item: &syn::ItemEnum, lines: &mut Vec<String>) {
    lines.push(format!("{}enum {}{}", marks(&item.attrs), item.ident, derives(&item.attrs)));
    for variant in &item.variants {
        let fields = text(&variant.fields);
        lines.push(format!("enum {}::{}{fields}", item.ident, variant.ident));
    }
}

fn show_impl(item: &syn::ItemImpl, lines: &mut Vec<String>) {
    let of = text(&item.self_ty);
    let name = of.trim_start_matches("crate::");
    if let Some((path, _)) = &item.trait_ {
        let types = item.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => Some(format!(", type {} = {}", item.ident, text(&item.ty))),
            _ => None,
        });
        lines.push(format!("impl {} for {name}{}", text(path), types.collect::<String>()));
        return;
    }
    for member in &item.items {
        match member {
            ImplItem::Fn(item) if is_public(&item.vis) => {
                lines.push(function(name, &item.attrs, &item.sig));
            }
            ImplItem::Const(item) if is_public(&item.vis) => {
                lines.push(format!("const {name}::{} = {}", item.ident, text(&item.expr)));
            }
            _ => {}
        }
    }
}

/// A method: `fn Owner::name(…) -> …`.
fn function(owner: &str, attributes: &[Attribute], signature: &syn::Signature) -> String {
    let plain = text(signature);
    let (before, after) = plain.split_once("fn ").unwrap();
    format!("{}{before}fn {owner}::{after}", marks(attributes))
}

/// A macro call makes an item: a line for that and each of its entries, without documentation.
fn show_macro(call: &syn::Macro, lines: &mut Vec<String>) {
    let name = call.path.segments.last().unwrap().ident.to_string();
    let mut head = Vec::new();
    for token in call.tokens.clone() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let owner = owner(&head);
                let head = tidy(&without_docs(head).to_string());
                lines.push(format!("{name}: {head}"));
                lines.extend(
                    entries(group.stream()).map(|entry| format!("{name} {owner}: {entry}")),
                );
                return;
            }
            token => head.push(token),
        }
    }
    lines.push(format!("{name} {}", tidy(&TokenStream::from_iter(head).to_string())));
}

/// The name that a macro call is about: the first that begins as types do.
fn owner(head: &[TokenTree]) -> String {
    let names = head.iter().map(ToString::to_string);
    names.into_iter().find(|name| name.starts_with(char::is_uppercase)).unwrap_or_default()
}

/// What stands between the semicolons.
fn entries(tokens: TokenStream) -> impl Iterator<Item = String> {
    let mut entries = vec![Vec::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => entries.push(Vec::new()),
            token => entries.last_mut().unwrap().push(token),
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries.into_iter().map(|entry| tidy(&without_docs(entry).to_string()))
}

/// Without attributes that hold documentation.
fn without_docs(tokens: Vec<TokenTree>) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_docs = token.to_string() == "#"
            && tokens.peek().is_some_and(|next| next.to_string().starts_with("[doc"));
        if is_docs {
            tokens.next();
        } else {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

/// What a reader has to know before anything else.
fn marks(attributes: &[Attribute]) -> String {
    let mark = |name: &str| {
        let is_there = attributes.iter().any(|attribute| attribute.path().is_ident(name));
        is_there.then(|| format!("{name} "))
    };
    ["deprecated", "non_exhaustive"].iter().filter_map(|name| mark(name)).collect()
}

fn derives(attributes: &[Attribute]) -> String {
    let derived = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let lists = derived.filter_map(|attribute| match &attribute.meta {
        Meta::List(list) => Some(tidy(&list.tokens.to_string())),
        _ => None,
    });
    let lists: Vec<String> = lists.collect();
    if lists.is_empty() { String::new() } else { format!(": {}", lists.join(", ")) }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    tidy(&tokens.to_token_stream().to_string())
}

/// Tokens with blanks where people put them.
fn tidy(tokens: &str) -> String {
    const SPELLINGS: &[(&str, &str)] = &[
        (" ::", "::"),
        (":: ", "::"),
        (" ,", ","),
        (",)", ")"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" .", "."),
        (". ", "."),
        (" :", ":"),
        (" ->", "->"),
        ("->", " ->"),
        ("- ", "-"),
        ("# [", "#["),
        (" ->()", " -> ()"),
        (" !", "!"),
    ];
    SPELLINGS.iter().fold(tokens.to_owned(), |text, (from, to)| text.replace(from, to))
}

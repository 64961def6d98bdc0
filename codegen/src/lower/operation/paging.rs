//! Pages: every property that `paging` names must exist, and have the type that its use needs.
//!
//! ```text
//! "paging": { "name": "shops", "page": "pageindex", "items": "records", .. }
//!
//! Paging { method_name: "shops", position: "pageindex", first: Some(1), items: Some("records"), .. }
//! ```

use crate::diagnostics::{ErrorReport, Place, Reporter};
use crate::lower::{Lowering, report_clash};
use crate::model::{
    Body, Direction, Model, PageSize, Paging, Property, Reply, Rules, TypeExpr, TypeId,
};
use crate::schema::{Endpoint, Keyword, Located, Named, PagingParts, PayloadPointer};
use crate::source::Number;
use crate::util::{CollectVec as _, repeated};

/// The `paging` of an endpoint, with the types of the request and of the payload.
struct Pages<'a, 'm> {
    parts: &'m PagingParts<'a>,
    endpoint: &'m Endpoint<'a>,
    request: &'m TypeExpr,
    payload: &'m TypeExpr,
}

impl<'a> Lowering<'a, '_> {
    /// How an endpoint's items are read page by page; `None` if it has no pages, or something is
    /// wrong, which was reported.
    pub(super) fn paging(
        &self,
        endpoint: &Endpoint<'a>,
        request: TypeId,
        reply: &Reply,
    ) -> Option<Paging> {
        let parts = endpoint.paging.as_ref()?;
        let Some(payload) = reply.ty() else {
            self.reporter
                .error(&parts.place, "the reply has no payload that could be a page")
                .help("say in `envelope` where the `payload` is, or take `paging` out");
            return None;
        };
        let pages = Pages { parts, endpoint, request: &TypeExpr::Named(request), payload };
        let help = "say what the items are, such as \"shops\"";
        let method_name = self.client_method_name(endpoint, &parts.name, help);
        let first = self.page_position(&pages);
        let size = parts.get(Keyword::Size).map(|size| self.page_size(&pages, size));
        let item = self.page_items(&pages);
        let counts = [Keyword::Pages, Keyword::Total].into_iter().filter_map(|it| parts.get(it));
        let counts = counts.map(|it| self.check_count(&pages, it)).fold(Some(()), Option::and);
        let key = item.and_then(|item| self.check_key(&pages, item));
        counts.and(key)?;
        Some(Paging {
            place: parts.name.place.clone(),
            name: parts.name.name.to_owned(),
            method_name: method_name?,
            named: parts.named.iter().map(|(it, named)| (*it, named.name.to_owned())).collect_vec(),
            first: first?,
            size: size.map_or(Some(None), |size| size.map(Some))?,
            item: item?.clone(),
        })
    }

    /// The number of the first page; the inner `None` where items are counted.
    fn page_position(&self, pages: &Pages<'a, '_>) -> Option<Option<u64>> {
        let parts = pages.parts;
        let position = parts.position()?;
        let property = self.request_property(pages, position)?;
        let rules = self.whole_number(property, &property.ty, &position.place)?;
        let least = rules.number(Keyword::Minimum);
        let first = least.map_or(1, |least| whole(least).unwrap_or(0));
        Some(parts.get(Keyword::Page).map(|_| first))
    }

    fn page_size(&self, pages: &Pages<'a, '_>, size: &Named<'_>) -> Option<PageSize> {
        let property = self.request_property(pages, size)?;
        let rules = self.whole_number(property, &property.ty, &size.place)?;
        let most = rules.number(Keyword::Maximum).and_then(whole);
        if property.required && most.is_none() {
            self.reporter
                .error(&property.place, "is required, and nothing says which size to ask for")
                .help("add the largest: `\"maximum\": 20`")
                .label(&size.place, "the size of a page");
        }
        let default = property.default.as_ref().and_then(|default| default.parse().ok());
        Some(PageSize { default, most })
    }

    /// The type of an item.
    fn page_items<'s>(&'s self, pages: &Pages<'a, 's>) -> Option<&'s TypeExpr> {
        let items = pages.parts.get(Keyword::Items);
        let (ty, place) = match items {
            Some(items) => (&self.payload_property(pages, items)?.ty, &items.place),
            None => (pages.payload, &pages.parts.place),
        };
        match ty.peeled() {
            TypeExpr::List(item, _) => Some(item),
            _ => {
                let what = match items {
                    Some(items) => format!("`{}` is no list", items.name),
                    None => "the payload is no list".to_owned(),
                };
                let help = "name the payload's property that is an array without a `rustName`: `\"items\": \"records\"`";
                self.reporter.error(place, what).help(help);
                None
            }
        }
    }

    /// Checks a property of the payload that counts pages or items.
    fn check_count(&self, pages: &Pages<'a, '_>, count: &Named<'_>) -> Option<()> {
        let property = self.payload_property(pages, count)?;
        self.whole_number(property, property.ty.peeled(), &count.place).map(|_| ())
    }

    /// Checks what identifies an item: the property `key` of an object, or an item that is no
    /// object itself.
    fn check_key(&self, pages: &Pages<'a, '_>, item: &TypeExpr) -> Option<()> {
        let object = object_of(&self.model, item);
        match (object, pages.parts.get(Keyword::Key)) {
            (Some(properties), Some(key)) => {
                let property = properties.iter().find(|property| property.name == key.name);
                let Some(property) = property else {
                    self.report_no_property("the items have", key);
                    return None;
                };
                self.report_no_key(property, key);
                Some(())
            }
            (Some(_), None) => {
                self.reporter
                    .error(&pages.parts.place, "does not say what identifies an item")
                    .help("add the property that identifies one: `\"key\": \"shop_id\"`");
                None
            }
            (None, Some(key)) => {
                self.reporter
                    .error(&key.place, "the items are no objects with `properties`")
                    .help("take `key` out: each item identifies itself");
                None
            }
            (None, None) if item.holds_secret() => {
                self.reporter
                    .error(&pages.parts.place, "the items are secret, and cannot be compared")
                    .help("take `paging` out, or `sensitive`");
                None
            }
            (None, None) => Some(()),
        }
    }

    /// Reports a key that may be left out, and one that is secret, since secrets are not kept to
    /// compare them.
    fn report_no_key(&self, property: &Property, key: &Named<'_>) {
        let (wrong, help) = if !property.required {
            ("identifies an item, and may be left out", "list it in the items' `required`")
        } else if property.ty.holds_secret() {
            ("identifies an item, and is secret", "name another property as `key`")
        } else {
            return;
        };
        self.reporter.error(&property.place, wrong).help(help).label(&key.place, "the key");
    }

    /// The property of the request by this name; reported, if there is none.
    fn request_property<'s>(
        &'s self,
        pages: &Pages<'a, 's>,
        name: &Named<'_>,
    ) -> Option<&'s Property> {
        let properties = object_of(&self.model, pages.request)?;
        let is_meant =
            |it: &&Property| it.name == name.name && it.only != Some(Direction::Received);
        let found = properties.iter().find(is_meant);
        if found.is_none() {
            let request = pages.endpoint.request.as_ref()?;
            if !self.may_list(request, name.name) {
                self.report_no_property("the request has", name)
                    .label(&request.place, "this request");
            }
        }
        found
    }

    /// The property of the payload by this name; reported, if there is none.
    fn payload_property<'s>(
        &'s self,
        pages: &Pages<'a, 's>,
        name: &Named<'_>,
    ) -> Option<&'s Property> {
        let properties = object_of(&self.model, pages.payload).unwrap_or_default();
        let envelope = pages.endpoint.envelope.as_ref();
        let is_part = |it: &&Property| {
            envelope.is_some_and(|parts| [parts.code.name, parts.message.name].contains(&&*it.name))
        };
        let is_meant = |it: &&Property| {
            it.name == name.name && it.only != Some(Direction::Sent) && !is_part(it)
        };
        let found = properties.iter().find(is_meant);
        if found.is_none() && !self.is_described(pages, name.name) {
            self.report_no_property("the payload has", name);
        }
        found
    }

    /// Whether the payload's schema lists a property: if its type has none, an error was reported
    /// before.
    fn is_described(&self, pages: &Pages<'a, '_>, name: &str) -> bool {
        let Some(response) = &pages.endpoint.response else { return true };
        let payload = match &pages.endpoint.envelope.as_ref().map(|parts| &parts.payload) {
            Some(PayloadPointer::Property(payload)) => property_of(response, payload.name),
            _ => Some(response.clone()),
        };
        payload.is_some_and(|payload| self.may_list(&payload, name))
    }

    fn report_no_property(&self, who: &str, name: &Named<'_>) -> ErrorReport<'a> {
        let message = format!("{who} no property `{}`", name.name);
        let help = "list it in `properties` there, or correct the name";
        self.reporter.error(&name.place, message).help(help)
    }

    /// The rules of a property that must be an integer.
    fn whole_number<'s>(
        &'s self,
        property: &Property,
        ty: &'s TypeExpr,
        place: &Place,
    ) -> Option<&'s Rules> {
        let rules = integer_rules(&self.model, ty);
        if rules.is_none() {
            self.reporter
                .error(&property.place, "counts, and is no whole number")
                .help("write `\"type\": \"integer\"`, without values and with a `format` of integers or none")
                .label(place, "by this name");
        }
        rules
    }
}

/// The schema of a property that another schema lists itself.
fn property_of<'a>(schema: &Located<'a>, name: &str) -> Option<Located<'a>> {
    let pointer = format!("/properties/{name}");
    schema.node.at(&pointer).is_some().then(|| schema.at(&pointer))
}

fn whole(number: Number) -> Option<u64> {
    u64::try_from(number.to_i128()?).ok()
}

fn object_of<'m>(model: &'m Model, ty: &TypeExpr) -> Option<&'m [Property]> {
    model.object(ty.peeled()).map(|object| &object.properties[..])
}

fn integer_rules<'m>(model: &'m Model, ty: &'m TypeExpr) -> Option<&'m Rules> {
    match ty {
        TypeExpr::Constrained(ty, _) => integer_rules(model, ty),
        TypeExpr::Integer(_, rules) => Some(rules),
        ty => match model.body(ty)? {
            Body::Newtype(ty, _) => integer_rules(model, ty),
            _ => None,
        },
    }
}

/// Reports methods that yield items, and whose name is that of another method.
pub(in crate::lower) fn report_duplicate_methods(model: &Model, reporter: &Reporter) {
    let called = || model.operations.iter().filter(|operation| !operation.internal);
    let methods = called().map(|operation| (operation.method_name.as_str(), &operation.place));
    let pages = called().filter_map(|operation| operation.paging.as_ref());
    let pages = pages.map(|paging| (paging.method_name.as_str(), &paging.place));
    let (count, all) = (methods.clone().count(), methods.chain(pages).collect_vec());
    // Operations of one name were reported.
    let clashes = repeated(all.iter().map(|(name, _)| *name)).into_iter();
    for (index, first) in clashes.filter(|(index, _)| *index >= count) {
        report_clash("method", all[index].0, [all[index].1, all[first].1], reporter)
            .help("give one of the two another name");
    }
}

//! Lists the public items of the generated code, each with all that a caller relies on.
//!
//! ```text
//! sent: { "rustName": "Shop", "required": ["id"], "properties": { "id": { "type": "integer" } } }
//!
//! type Shop, trait Clone of Shop, …, getter Shop.id: i64, setter Shop.id: i64, Shop::new(id: i64) -> Self
//! ```

use std::collections::BTreeMap;

use super::side::Side;
use crate::diagnostics::Place;
use crate::emit;
use crate::model::{
    ADDITIONAL_FIELD, AdditionalProperties, Body, Enum, Operation, Property, Type, TypeExpr,
    TypeId, Union,
};
use crate::plan::Planned;

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Type,
    Trait,
    Conversion,
    Function,
    Field,
    Getter,
    Setter,
    Variant,
    /// The fact that a `match` with an arm for each variant compiles.
    Exhaustive,
    Constant,
    ClientMethod,
    /// The fact that the code compiles without a feature of the runtime.
    Build,
}

/// Identifies an item: the type that it belongs to, its role, and its own name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ItemKey {
    pub(super) owner: String,
    pub(super) role: Role,
    pub(super) name: String,
}

impl ItemKey {
    /// The item as messages name it.
    pub(super) fn shown(&self) -> String {
        let Self { owner, role, name } = self;
        match role {
            Role::Type => format!("the type `{owner}`"),
            Role::Trait => format!("`{name}` for `{owner}`"),
            Role::Conversion => format!("the conversion `{name}` of `{owner}`"),
            Role::Field => format!("the field `{owner}.{name}`"),
            Role::Function | Role::Getter => format!("the method `{owner}::{name}`"),
            Role::Setter => format!("the builder setter `{owner}Builder::{name}`"),
            Role::Variant => format!("the variant `{owner}::{name}`"),
            Role::Exhaustive => format!("a `match` without a wildcard over `{owner}`"),
            Role::Constant if owner.is_empty() => format!("the constant `{name}`"),
            Role::Constant => format!("the constant `{owner}::{name}`"),
            Role::Build => format!("a build without the feature `{name}`"),
            Role::ClientMethod => format!("the client's method `{name}`"),
        }
    }
}

/// The owner that the client's methods have.
pub(super) const CLIENT: &str = "Client";
/// The owner that the constants of return codes have.
pub(super) const RETURN_CODE: &str = "ReturnCode";

/// What a caller relies on.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) signature: String,
    pub(super) deprecated: bool,
    pub(super) place: Option<Place>,
}

/// Rust's integer types with their ranges. Those of the machine's size have the greatest range
/// here, since a conversion from them may always fail.
const INTEGERS: [(&str, (i128, i128)); 12] = [
    ("i8", (i8::MIN as i128, i8::MAX as i128)),
    ("i16", (i16::MIN as i128, i16::MAX as i128)),
    ("i32", (i32::MIN as i128, i32::MAX as i128)),
    ("i64", (i64::MIN as i128, i64::MAX as i128)),
    ("i128", (i128::MIN, i128::MAX)),
    ("isize", (i128::MIN, i128::MAX)),
    ("u8", (0, u8::MAX as i128)),
    ("u16", (0, u16::MAX as i128)),
    ("u32", (0, u32::MAX as i128)),
    ("u64", (0, u64::MAX as i128)),
    ("u128", (0, i128::MAX)),
    ("usize", (0, i128::MAX)),
];

pub(super) type Surface = BTreeMap<ItemKey, Item>;

/// Every public item of the code for these descriptions.
pub(super) fn surface(side: &Side<'_>) -> Surface {
    let mut items = Items { side, items: Surface::new() };
    for (id, planned) in side.plan.types.iter() {
        items.named_type(id, *planned);
    }
    for operation in &side.model().operations {
        items.operation(operation);
    }
    items.return_codes();
    if !side.code.contains("pattern!(") {
        items.add("", (Role::Build, "pattern"), Item::default());
    }
    items.items
}

struct Items<'s> {
    side: &'s Side<'s>,
    items: Surface,
}

/// The type that items belong to.
struct Owner<'s> {
    id: TypeId,
    named_type: &'s Type,
    planned: Planned,
}

impl Owner<'_> {
    fn item(&self, signature: impl Into<String>) -> Item {
        let place = Some(self.named_type.place.clone());
        Item { signature: signature.into(), place, ..Item::default() }
    }
}

impl Items<'_> {
    fn add(&mut self, owner: &str, (role, name): (Role, &str), item: Item) {
        let key = ItemKey { owner: owner.to_owned(), role, name: name.to_owned() };
        self.items.insert(key, item);
    }

    fn add_to(&mut self, owner: &Owner<'_>, what: (Role, &str), signature: impl Into<String>) {
        self.add(&owner.named_type.name, what, owner.item(signature));
    }

    fn named_type(&mut self, id: TypeId, planned: Planned) {
        let side = self.side;
        let owner = Owner { id, named_type: side.model().get(id), planned };
        let deprecated = owner.named_type.deprecated;
        self.add(&owner.named_type.name, (Role::Type, ""), Item { deprecated, ..owner.item("") });
        self.traits(&owner);
        match &owner.named_type.body {
            Body::Pending => {}
            Body::Newtype(ty, values) => {
                self.newtype(&owner, ty);
                for value in values {
                    let number = emit::literal(&value.value);
                    self.add_to(&owner, (Role::Constant, &value.name), number);
                }
            }
            Body::Enum(values) => self.enumeration(&owner, values),
            Body::Union(union) => self.union(&owner, union),
            Body::Object(_) => self.object(&owner),
        }
    }

    /// The Rust type of a type, as callers write it.
    fn rust_type(&self, ty: &TypeExpr) -> String {
        rust(&emit::type_text(&emit::rust_type(self.side.plan, ty)))
    }

    fn traits(&mut self, owner: &Owner<'_>) {
        let traits = owner.planned.traits;
        let scalar = match &owner.named_type.body {
            Body::Newtype(ty, _) => matches!(ty, TypeExpr::Text(_) | TypeExpr::Integer(..)),
            _ => false,
        };
        let is_constant = match &owner.named_type.body {
            Body::Enum(values) => values.variants.len() == 1 && owner.planned.sent,
            _ => false,
        };
        let all = [
            ("Copy", traits.copy),
            ("Eq", traits.eq),
            ("Hash", traits.hash),
            ("Ord", scalar),
            ("Default", is_constant),
        ];
        for (name, _) in all.iter().filter(|(_, has)| *has) {
            self.add_to(owner, (Role::Trait, name), "");
        }
    }

    /// Adds conversions from these types. A `From` also makes a `TryFrom`.
    fn conversions(&mut self, owner: &Owner<'_>, can_fail: bool, from: &[&str]) {
        for ty in from {
            self.add_to(owner, (Role::Conversion, &format!("TryFrom<{ty}>")), "");
            if !can_fail {
                self.add_to(owner, (Role::Conversion, &format!("From<{ty}>")), "");
            }
        }
    }

    fn newtype(&mut self, owner: &Owner<'_>, ty: &TypeExpr) {
        let can_fail = self.side.plan.has_rules(ty);
        let inner = self.rust_type(ty);
        match ty {
            TypeExpr::Text(_) => {
                self.conversions(owner, can_fail, &["String", "&str"]);
                self.add_to(owner, (Role::Function, "as_str"), "(&self) -> &str");
                self.add_to(owner, (Role::Trait, "AsRef<str>"), "");
                self.text(owner);
                self.add_to(owner, (Role::Conversion, "Into<String>"), "");
            }
            TypeExpr::Integer(integer, _) => {
                for (from, range) in INTEGERS {
                    self.conversions(owner, can_fail || !integer.holds(range), &[from]);
                }
                self.conversions(owner, true, &["String", "&str"]);
                self.add_to(owner, (Role::Function, "get"), format!("(self) -> {inner}"));
                self.text(owner);
                self.add_to(owner, (Role::Conversion, &format!("Into<{inner}>")), "");
            }
            _ => {
                self.conversions(owner, can_fail, &[&inner]);
                self.add_to(owner, (Role::Function, "get"), format!("(&self) -> &{inner}"));
                self.add_to(owner, (Role::Function, "into_inner"), format!("(self) -> {inner}"));
            }
        }
    }

    /// Adds the traits of types that are written as text and parsed from it.
    fn text(&mut self, owner: &Owner<'_>) {
        self.add_to(owner, (Role::Trait, "Display"), "");
        self.add_to(owner, (Role::Trait, "FromStr"), "");
    }

    fn enumeration(&mut self, owner: &Owner<'_>, values: &Enum) {
        let is_open = owner.planned.received;
        let inner = if values.of_text {
            self.conversions(owner, !is_open, &["String", "&str"]);
            self.add_to(owner, (Role::Function, "as_str"), "&str");
            self.text(owner);
            "String"
        } else {
            self.conversions(owner, !is_open, &["i64"]);
            self.add_to(owner, (Role::Function, "get"), "i64");
            self.add_to(owner, (Role::Trait, "Display"), "");
            "i64"
        };
        self.add_to(owner, (Role::Constant, "ALL"), "");
        for variant in &values.variants {
            let item = Item { place: Some(variant.place.clone()), ..owner.item("") };
            self.add(&owner.named_type.name, (Role::Variant, &variant.name), item);
        }
        let names = values.variants.iter().map(|variant| variant.name.as_str());
        self.openness(owner, is_open.then_some(inner), names.collect());
    }

    /// Adds the variant `Unknown`, which keeps other values as the type `unknown`; without it, the
    /// variants are exhaustive.
    fn openness(&mut self, owner: &Owner<'_>, unknown: Option<&str>, mut variants: Vec<&str>) {
        if let Some(ty) = unknown {
            self.add_to(owner, (Role::Variant, "Unknown"), format!("({ty})"));
        } else {
            variants.sort_unstable();
            self.add_to(owner, (Role::Exhaustive, ""), variants.join(", "));
        }
    }

    fn union(&mut self, owner: &Owner<'_>, union: &Union) {
        for variant in &union.variants {
            let ty = self.rust_type(&variant.ty);
            let place = Some(variant.place.clone());
            let item = Item { place, ..owner.item(format!("({ty})")) };
            self.add(&owner.named_type.name, (Role::Variant, &variant.name), item);
            self.add_to(owner, (Role::Conversion, &format!("From<{ty}>")), variant.name.clone());
        }
        let names = union.variants.iter().map(|variant| variant.name.as_str());
        self.openness(owner, owner.planned.received.then_some("Value"), names.collect());
    }

    fn object(&mut self, owner: &Owner<'_>) {
        let side = self.side;
        let Some(object) = side.plan.object(owner.id) else { return };
        for property in &object.properties {
            self.property(owner, property);
        }
        if let AdditionalProperties::Kept(ty) = &object.additional {
            let map = format!("BTreeMap<String, {}>", self.rust_type(ty));
            let roles: &[Role] =
                if owner.planned.sent { &[Role::Getter, Role::Setter] } else { &[Role::Field] };
            for role in roles {
                self.add_to(owner, (*role, ADDITIONAL_FIELD), map.clone());
            }
        }
        if owner.planned.sent {
            self.add_to(owner, (Role::Function, "builder"), "");
            if let Some(new) = emit::Constructor::of(side.plan, owner.id, &object) {
                let signature = rust(&new.signature(side.plan, owner.id));
                self.add_to(owner, (Role::Function, "new"), signature);
            }
        }
    }

    fn property(&mut self, owner: &Owner<'_>, property: &Property) {
        let plan = self.side.plan;
        let item = |signature: String| Item {
            signature,
            deprecated: property.deprecated,
            place: Some(property.place.clone()),
        };
        let ty = rust(&emit::type_text(&emit::field_type(plan, owner.id, &property.ty)));
        let held = if property.required { ty.clone() } else { format!("Option<{ty}>") };
        let name = &owner.named_type.name;
        if !owner.planned.sent {
            return self.add(name, (Role::Field, &property.field), item(held));
        }
        let getter = format!("{held}, {}", emit::view(plan, owner.id, property));
        self.add(name, (Role::Getter, &property.field), item(getter));
        if !plan.is_fixed(property) {
            self.add(name, (Role::Setter, &property.field), item(ty));
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let side = self.side;
        let request = &side.model().get(operation.request).name;
        let reply = rust(&emit::reply_name(side.plan, &operation.reply));
        let item = |signature: String| Item {
            signature,
            deprecated: operation.deprecated,
            place: Some(side.fact(operation, "/operationId")),
        };
        let endpoint = Item { deprecated: false, ..item(reply.clone()) };
        self.add(request, (Role::Trait, "Endpoint"), endpoint);
        if !operation.internal {
            let signature = format!("(&{request}) -> {reply}");
            self.add(CLIENT, (Role::ClientMethod, &operation.method_name), item(signature));
        }
        if let Some(call) = emit::ItemsCall::of(side.plan, operation) {
            let item_type = rust(&emit::type_text(&call.item));
            self.add(
                request,
                (Role::Trait, "Paged"),
                Item { deprecated: false, ..item(item_type.clone()) },
            );
            let builder = if call.takes_builder { call.builder.to_string() } else { String::new() };
            let signature = format!("({builder}) -> Pages<{item_type}>");
            if !operation.internal {
                self.add(CLIENT, (Role::ClientMethod, &call.name.to_string()), item(signature));
            }
        }
        self.add("", (Role::Constant, "OPERATIONS"), Item::default());
    }

    fn return_codes(&mut self) {
        for code in &self.side.model().codes {
            self.add("", (Role::Constant, "RETURN_CODES"), Item::default());
            let Some(name) = &code.name else { continue };
            // It has no place, since the change of the return code itself has one.
            let item = Item { signature: code.code.to_string(), ..Item::default() };
            self.add(RETURN_CODE, (Role::Constant, name), item);
        }
    }
}

/// A Rust type as callers write it.
fn rust(text: &str) -> String {
    text.replace("rt::", "")
}

/// The client's method that yields the items of an operation, if it has pages.
pub(super) fn items_method(operation: &Operation) -> Option<(String, String)> {
    let paging = operation.paging.as_ref()?;
    Some((CLIENT.to_owned(), paging.method_name.clone()))
}

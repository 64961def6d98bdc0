//! The plan: which types are sent and which are received, their traits, and their tables.
//!
//! ```text
//! openShop: request { "at": Hours, "key": a secret }, reply { "at": Hours }
//!
//! OpenShop: sent    OpenShopReply: received    Hours: both
//! ```

mod boxes;
mod conflicts;
mod names;
mod orders;

pub(crate) use names::settle_names;
pub(crate) use orders::{FieldOrder, field_orders};

use std::borrow::Cow;

use heck::ToShoutySnakeCase as _;

use self::boxes::Boxes;
use crate::diagnostics::Reporter;
use crate::model::{
    Body, Direction, Model, Object, Property, Reply, Type, TypeExpr, TypeId, TypeMap,
};
use crate::util::{CollectVec as _, Set};

/// The model, with what follows from the directions of its types.
pub(crate) struct Plan<'m> {
    pub(crate) model: &'m Model,
    /// The types that requests and replies are made of; the rest, such as envelopes, are not
    /// generated.
    pub(crate) types: TypeMap<Planned>,
    /// The types with rules that their Rust types do not enforce, each with the name of the static
    /// that has the rules.
    tables: TypeMap<String>,
    /// How structs are checked by the rules that they do not enforce, unless by their whole
    /// schemas.
    residual_checks: TypeMap<ResidualCheck>,
    boxes: Boxes,
}

/// How a struct is checked by only the rules that it does not enforce.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum ResidualCheck {
    /// Fields are compared, without a table.
    Orders(Vec<FieldOrder>),
    /// A table is evaluated on the struct's fields: its rules need nothing but each field's own
    /// value.
    OnFields,
    /// A table is evaluated on the JSON value that would be written.
    OnValue,
}

/// A type that will be generated.
#[derive(Clone, Copy, Default)]
pub(crate) struct Planned {
    /// Whether it is part of a request: then all rules of its schema are enforced.
    pub(crate) sent: bool,
    /// Whether it is part of a reply: then values that break rules are accepted.
    pub(crate) received: bool,
    pub(crate) traits: Traits,
    /// Whether any of its values could break a rule.
    pub(crate) has_rules: bool,
}

impl Planned {
    fn flag_of(&mut self, direction: Direction) -> &mut bool {
        match direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
        }
    }
}

/// The traits of a type besides `Clone`, `Debug` and `PartialEq`.
///
/// Objects and unions have none of these: a property that a later description adds to them, or to a
/// type within them, could take the traits away.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits {
    pub(crate) copy: bool,
    pub(crate) eq: bool,
    pub(crate) hash: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self { copy: true, eq: true, hash: true }
    }
}

impl Traits {
    fn and(self, other: Self) -> Self {
        Self {
            copy: self.copy && other.copy,
            eq: self.eq && other.eq,
            hash: self.hash && other.hash,
        }
    }
}

const OWNED: Traits = Traits { copy: false, eq: true, hash: true };
const COMPOUND: Traits = Traits { copy: false, eq: false, hash: false };
const SECRET: Traits = Traits { copy: false, eq: true, hash: false };

/// Plans every type that a request or a reply is made of.
pub(crate) fn plan<'m>(model: &'m Model, reporter: &Reporter) -> Plan<'m> {
    let mut plan = Plan::marked(model);
    plan.derive_traits();
    plan.find_boxes();
    plan.name_tables();
    plan.report_conflicts(reporter);
    plan
}

impl<'m> Plan<'m> {
    /// The plan with the types that are used, and their directions.
    fn marked(model: &'m Model) -> Self {
        let (types, tables, residual_checks) = Default::default();
        let mut plan = Self { model, types, tables, residual_checks, boxes: Boxes::default() };
        for operation in &model.operations {
            plan.mark(vec![operation.request], Direction::Sent);
            match &operation.reply {
                Reply::Nothing => {}
                Reply::Root(ty) | Reply::Property { ty, .. } => {
                    plan.mark_type(ty, Direction::Received);
                }
            }
        }
        for ty in model.roots.iter().map(|root| &root.ty).chain(&model.definitions) {
            plan.mark_type(ty, Direction::Sent);
        }
        plan
    }
}

impl Plan<'_> {
    /// The plan of a type; the default, if it is not used.
    pub(crate) fn of(&self, id: TypeId) -> Planned {
        self.types.get(id).copied().unwrap_or_default()
    }

    /// The static with the rules of a type, if its Rust type does not enforce all of them.
    pub(crate) fn table(&self, id: TypeId) -> Option<&str> {
        self.tables.get(id).map(String::as_str)
    }

    /// How a struct is checked by only the rules that it does not enforce, if it is.
    pub(crate) fn residual_check(&self, id: TypeId) -> Option<&ResidualCheck> {
        self.residual_checks.get(id)
    }

    /// Has structs checked by only the rules that they do not enforce.
    pub(crate) fn set_residual_checks(&mut self, checks: TypeMap<ResidualCheck>) {
        for (id, check) in checks.iter() {
            if matches!(check, ResidualCheck::Orders(_)) {
                self.tables.entry(id).take();
            }
        }
        self.residual_checks = checks;
    }

    /// The types that have a table, and the tables' names.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (TypeId, &str)> {
        self.tables.iter().map(|(id, name)| (id, name.as_str()))
    }

    /// Names a table for each type that is sent and needs one.
    fn name_tables(&mut self) {
        let mut taken = Set::default();
        for (id, _) in self.types.iter().filter(|(_, planned)| planned.sent) {
            if !needs_table(self.model.get(id)) {
                continue;
            }
            let name = format!("{}_RULES", self.model.get(id).name.to_shouty_snake_case());
            self.tables.insert(id, crate::names::numbered(&name, &mut taken));
        }
    }

    /// The names that a type takes: its own, and its builder's.
    pub(crate) fn names_of(&self, id: TypeId) -> impl Iterator<Item = String> {
        let name = &self.model.get(id).name;
        names::names_of(self.model, id, name, self.of(id).sent).into_iter()
    }

    /// Whether a property that is sent has only one possible value, even if its type is received
    /// too.
    pub(crate) fn is_fixed(&self, property: &Property) -> bool {
        let values = self.model.enumeration(&property.ty);
        values.is_some_and(|values| values.variants.len() == 1)
    }

    /// An object with those properties that it has in its directions.
    pub(crate) fn object(&self, id: TypeId) -> Option<Cow<'_, Object>> {
        let object = self.model.get(id).object()?;
        let absent = |property: &Property| self.is_absent(id, property);
        if !object.properties.iter().any(absent) {
            return Some(Cow::Borrowed(object));
        }
        let mut object = object.clone();
        object.properties.retain(|property| !absent(property));
        Some(Cow::Owned(object))
    }

    /// Whether an object does not have a property in its directions. Objects of documents have all,
    /// since they go both ways.
    fn is_absent(&self, id: TypeId, property: &Property) -> bool {
        let planned = self.of(id);
        match property.only {
            _ if self.model.is_of_documents() => false,
            Some(Direction::Sent) => !planned.sent,
            Some(Direction::Received) => !planned.received,
            None => false,
        }
    }

    fn mark_type(&mut self, ty: &TypeExpr, direction: Direction) {
        self.mark(ty.named_within().into_iter().collect_vec(), direction);
    }

    /// Marks types, and all types that they consist of in this direction.
    fn mark(&mut self, mut left: Vec<TypeId>, direction: Direction) {
        let of_documents = self.model.is_of_documents();
        while let Some(id) = left.pop() {
            let planned = self.types.entry(id).get_or_insert_default();
            if std::mem::replace(planned.flag_of(direction), true) {
                continue;
            }
            let ty = self.model.get(id);
            let property = |index| ty.object().and_then(|object| object.properties.get(index));
            let only = |index| property(index).and_then(|property: &Property| property.only);
            let goes = |index| of_documents || only(index).is_none_or(|only| only == direction);
            let types = ty.types().into_iter().enumerate().filter(|(index, _)| goes(*index));
            left.extend(types.filter_map(|(_, ty)| ty.named_within()));
        }
    }

    /// Derives the traits and rules of types from those of the types that they consist of, until
    /// nothing changes. A recursive type depends on its other parts.
    fn derive_traits(&mut self) {
        let mut ids = self.types.keys().collect_vec();
        loop {
            // Types mostly refer to later ones, or mostly to earlier ones.
            ids.reverse();
            let mut changed = false;
            for id in &ids {
                let (traits, has_rules) = self.traits_of(*id);
                let planned = self.types.entry(*id).get_or_insert_default();
                changed |= (planned.traits, planned.has_rules) != (traits, has_rules);
                (planned.traits, planned.has_rules) = (traits, has_rules);
            }
            if !changed {
                return;
            }
        }
    }

    fn traits_of(&self, id: TypeId) -> (Traits, bool) {
        let ty = self.model.get(id);
        let is_received = self.of(id).received;
        let (traits, has_rules) = match &ty.body {
            // An enum that is received keeps other values, which must not be sent.
            Body::Enum(values) if is_received && values.of_text => (OWNED, true),
            Body::Enum(_) => (Traits::default(), is_received),
            Body::Object(_) => (COMPOUND, false),
            Body::Union(_) => (COMPOUND, is_received),
            Body::Newtype(ty, _) => (self.traits(ty), false),
            Body::Pending => (Traits::default(), false),
        };
        let has_rules = has_rules
            || ty.all_residuals().next().is_some()
            || ty.types().into_iter().any(|ty| self.has_rules(ty));
        (traits, has_rules)
    }

    /// The traits of the Rust type of a type.
    pub(crate) fn traits(&self, ty: &TypeExpr) -> Traits {
        match ty {
            TypeExpr::Named(id) => self.of(*id).traits,
            TypeExpr::Null | TypeExpr::Boolean | TypeExpr::Integer(..) | TypeExpr::Time(..) => {
                Traits::default()
            }
            TypeExpr::Number(_) => Traits { copy: true, eq: false, hash: false },
            TypeExpr::Any | TypeExpr::Text(_) => OWNED,
            TypeExpr::Secret(_) => SECRET,
            TypeExpr::List(ty, _) | TypeExpr::Map(ty, _) => self.traits(ty).and(OWNED),
            TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => self.traits(ty),
        }
    }

    /// Whether a value of the type could break a rule.
    pub(crate) fn has_rules(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Named(id) => self.of(*id).has_rules,
            TypeExpr::Constrained(..) | TypeExpr::Number(_) => true,
            _ => !ty.rules().is_empty() || ty.part().is_some_and(|part| self.has_rules(part)),
        }
    }
}

/// Whether a type has rules that its Rust type does not enforce, of its own or of unnamed types
/// within it, which have no table.
fn needs_table(ty: &Type) -> bool {
    ty.all_residuals().next().is_some() || ty.types().into_iter().any(is_constrained)
}

fn is_constrained(ty: &TypeExpr) -> bool {
    matches!(ty, TypeExpr::Constrained(..)) || ty.part().is_some_and(is_constrained)
}

//! Finds the secret properties of an operation, whose values the runtime never shows.
//!
//! ```text
//! { "user": { "type": "string" }, "password": { "type": "string", "sensitive": true } }
//!
//! .secrets(&["password"])
//! ```
//!
//! Properties of replies, and other spellings, are listed as well.

use crate::model::{Operation, Property, Reply, TypeExpr, TypeId, TypeSet, Union};
use crate::plan::Plan;
use crate::util::{CollectVec as _, PushAll as _, sort_by};

/// The names of all secret properties of an operation, sorted.
pub(super) fn names(plan: &Plan<'_>, operation: &Operation) -> Vec<String> {
    let mut search = Search { plan, seen: TypeSet::default(), names: Vec::new() };
    search.named(operation.request);
    match &operation.reply {
        Reply::Nothing => {}
        Reply::Root(ty) => search.ty(ty),
        Reply::Property { name, ty, .. } => {
            search.property(&[name], ty);
            search.ty(ty);
        }
    }
    search.finish()
}

/// The names of all secret properties of a union's variants, sorted.
pub(super) fn names_within(plan: &Plan<'_>, union: &Union) -> Vec<String> {
    let mut search = Search { plan, seen: TypeSet::default(), names: Vec::new() };
    union.variants.iter().for_each(|variant| search.ty(&variant.ty));
    search.finish()
}

/// Names as a list in Rust.
pub(super) fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect_vec();
    format!("[{}]", names.join(", "))
}

struct Search<'p> {
    plan: &'p Plan<'p>,
    /// The types that were searched: a type may contain itself.
    seen: TypeSet,
    names: Vec<String>,
}

impl Search<'_> {
    fn finish(mut self) -> Vec<String> {
        sort_by(&mut self.names, Ord::cmp);
        self.names.dedup();
        self.names
    }

    fn named(&mut self, id: TypeId) {
        if self.seen.insert(id, ()).is_some() {
            return;
        }
        let named_type = self.plan.model.get(id);
        for property in named_type.object().into_iter().flat_map(|object| &object.properties) {
            self.property(&spellings(property), &property.ty);
        }
        for ty in named_type.types() {
            self.ty(ty);
        }
    }

    /// Adds the names of a property if its value holds a secret.
    fn property(&mut self, spellings: &[&String], ty: &TypeExpr) {
        if ty.holds_secret() {
            self.names.push_all(spellings.iter().map(|name| (*name).clone()));
        }
    }

    fn ty(&mut self, ty: &TypeExpr) {
        if let Some(id) = ty.named_within() {
            self.named(id);
        }
    }
}

fn spellings(property: &Property) -> Vec<&String> {
    std::iter::once(&property.name).chain(&property.aliases).collect_vec()
}

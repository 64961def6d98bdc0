//! Compares what goes over the wire: types in pairs, beginning with requests and replies. Names of
//! types and the places of descriptions do not count.
//!
//! ```text
//! sent:     { "type": "string" } -> { "type": "string", "maxLength": 18 }   narrower: major
//! received: the same                                                       read as before: patch
//! ```

use std::collections::{BTreeMap, HashSet};

use super::Change;
use super::at::At;
use super::matched::Matched;
use super::numbers::bound;
use super::side::Side;
use super::verdict::{Effect, Relation, Verdict};
use crate::model::{Body, Residual, Type, TypeExpr, TypeId, Union, UnionVariant};
use crate::schema::Keyword;
use wechat_bizwifi_rules::Types;

/// Compares types, and collects the changes.
pub(super) struct Wire<'s> {
    pub(super) old: &'s Side<'s>,
    pub(super) new: &'s Side<'s>,
    pub(super) changes: Vec<Change>,
    /// The new names of renamed types, by their old names.
    pub(super) renamed: BTreeMap<String, String>,
    /// The pairs that were compared already, and whether they were sent: a type may contain itself.
    seen: HashSet<(TypeId, TypeId, bool)>,
}

/// An old type and the new type that it is compared with.
pub(super) type Pair<'t> = (&'t TypeExpr, &'t TypeExpr);

impl<'s> Wire<'s> {
    pub(super) fn new(old: &'s Side<'s>, new: &'s Side<'s>) -> Self {
        Self { old, new, changes: Vec::new(), renamed: BTreeMap::new(), seen: HashSet::new() }
    }

    /// Reports a change by how the values relate if they are sent, and if they are received.
    pub(super) fn relate(
        &mut self,
        at: &At,
        what: (&'static str, impl Into<String>),
        (sent, received): (Relation, Relation),
    ) {
        if sent != Relation::Same || received != Relation::Same {
            self.add(at, what, at.effect(if at.is_sent() { sent } else { received }));
        }
    }

    /// Adds a change.
    pub(super) fn add(
        &mut self,
        at: &At,
        (what, message): (&'static str, impl Into<String>),
        effect: Effect,
    ) {
        self.changes.push(at.change(what, message.into(), effect));
    }

    /// Reports what cannot be compared.
    pub(super) fn unknown(&mut self, at: &At, why: &str) {
        self.add(at, ("not-comparable", why), Effect::unknown(format!("unknown: {why}")));
    }

    /// Compares two types.
    pub(super) fn types(&mut self, at: &At, old: &'s TypeExpr, new: &'s TypeExpr) {
        let ((plain_old, before), (plain_new, after)) = (constraints(old), constraints(new));
        if !before.is_empty() || !after.is_empty() {
            self.residuals(at, before, after);
            return self.types(at, plain_old, plain_new);
        }
        match (old, new) {
            (TypeExpr::Named(old), TypeExpr::Named(new)) => self.named(at, *old, *new),
            (TypeExpr::Nullable(old), TypeExpr::Nullable(new)) => self.types(at, old, new),
            (TypeExpr::Nullable(old), _) if !holds_null(self.new, new) => {
                self.null(at, Relation::Narrower);
                self.types(at, old, new);
            }
            (_, TypeExpr::Nullable(new)) if !holds_null(self.old, old) => {
                self.null(at, Relation::Wider);
                self.types(at, old, new);
            }
            _ => self.unwrapped(at, (old, new)),
        }
    }

    /// Compares a named type with one that has no name. Of newtypes, the inner types are compared.
    fn unwrapped(&mut self, at: &At, (old, new): (&'s TypeExpr, &'s TypeExpr)) {
        if let Some(Body::Newtype(inner, _)) = self.old.model().body(old) {
            return self.types(at, inner, new);
        }
        if let Some(Body::Newtype(inner, _)) = self.new.model().body(new) {
            return self.types(at, old, inner);
        }
        match (old, new) {
            (TypeExpr::Named(id), ty) => self.with_named(at, ty, (*id, true)),
            (ty, TypeExpr::Named(id)) => self.with_named(at, ty, (*id, false)),
            _ => self.values(at, (old, new)),
        }
    }

    /// Compares a type with a union.
    fn with_union(&mut self, at: &At, ty: &'s TypeExpr, (union, is_old): (&'s Union, bool)) {
        let is_same = |variant: &'s UnionVariant| {
            if is_old { self.is_same(&variant.ty, ty) } else { self.is_same(ty, &variant.ty) }
        };
        let relation = if is_old { Relation::Narrower } else { Relation::Wider };
        let message =
            if is_old { "is no longer one of several types" } else { "is one of several types" };
        if matches!(ty, TypeExpr::Any) {
            return self.relate(at, ("type", message), (relation.reversed(), Relation::Wider));
        }
        if at.is_sent() && !union.variants.iter().any(is_same) {
            return self.unknown(at, &format!("{message}, none of which is the same as the other"));
        }
        self.relate(at, ("type", message), (relation, relation));
    }

    /// Compares two named types, once in each direction.
    pub(super) fn named(&mut self, at: &At, old: TypeId, new: TypeId) {
        if !self.seen.insert((old, new, at.is_sent())) {
            return;
        }
        let (before, after) = (self.old.model().get(old), self.new.model().get(new));
        self.name(before, after);
        let at = &at.in_types(before, after);
        self.docs(at, before, after);
        match (&before.body, &after.body) {
            (Body::Newtype(before, _), Body::Newtype(after, _)) => self.types(at, before, after),
            (Body::Newtype(before, _), _) => self.with_named(at, before, (new, false)),
            (_, Body::Newtype(after, _)) => self.with_named(at, after, (old, true)),
            _ => {
                self.residuals(at, &before.residuals, &after.residuals);
                self.bodies(at, old, new);
            }
        }
    }

    /// Compares two named types that are not newtypes.
    fn bodies(&mut self, at: &At, old: TypeId, new: TypeId) {
        match (&self.old.model().get(old).body, &self.new.model().get(new).body) {
            (Body::Enum(before), Body::Enum(after)) => self.enums(at, before, after),
            (Body::Union(before), Body::Union(after)) => self.unions(at, before, after),
            (Body::Object(_), Body::Object(_)) => self.objects(at, old, new),
            _ => self.mismatch(at, (&TypeExpr::Named(old), &TypeExpr::Named(new))),
        }
    }

    /// Compares a type with a named type that is not a newtype.
    fn with_named(&mut self, at: &At, ty: &'s TypeExpr, (id, is_old): (TypeId, bool)) {
        let (ty, stated) = match ty {
            TypeExpr::Constrained(inner, stated) => (&**inner, stated.as_slice()),
            ty => (ty, [].as_slice()),
        };
        let side = if is_old { self.old } else { self.new };
        let Type { body, residuals: own, .. } = side.model().get(id);
        let (before, after): (&[_], &[_]) = if is_old { (own, stated) } else { (stated, own) };
        self.residuals(at, before, after);
        let named = TypeExpr::Named(id);
        match (body, ty) {
            (Body::Union(union), _) => self.with_union(at, ty, (union, is_old)),
            (_, TypeExpr::Named(_)) => {
                self.unknown(at, "a named type around another was added or removed");
            }
            _ if is_old => self.mismatch(at, (&named, ty)),
            _ => self.mismatch(at, (ty, &named)),
        }
    }

    /// Remembers a type's new name.
    fn name(&mut self, old: &Type, new: &Type) {
        let has = |side: &Side<'_>, name: &str| {
            side.plan.types.keys().any(|id| side.model().get(id).name == name)
        };
        if old.name != new.name && !has(self.new, &old.name) && !has(self.old, &new.name) {
            self.renamed.entry(old.name.clone()).or_insert_with(|| new.name.clone());
        }
    }

    fn docs(&mut self, at: &At, old: &Type, new: &Type) {
        if old.docs != new.docs {
            self.documented(at, "documentation", "the description changes");
        }
    }

    /// Reports a change that is only one of documentation.
    pub(super) fn documented(&mut self, at: &At, what: &'static str, message: &str) {
        let mut change = at.change(what, message.to_owned(), Effect::default());
        change.code = Effect::new(Verdict::Patch, "documentation");
        self.changes.push(change);
    }

    /// Compares two types neither of which is a newtype.
    fn values(&mut self, at: &At, (old, new): (&'s TypeExpr, &'s TypeExpr)) {
        use TypeExpr::{Any, List, Map, Null};
        match (old, new) {
            (Any | Null, Any | Null) if same_discriminant(old, new) => {}
            (List(before, _), List(after, _)) => {
                self.types(&at.inside("of an item"), before, after);
                let bounds = [Keyword::MinItems, Keyword::MaxItems];
                self.count(at, (old, new), ("items-count", "items", bounds));
                let [had, has] =
                    [old, new].map(|it| it.rules().get(Keyword::UniqueItems).is_some());
                let message = format!("items {} repeat", if has { "may not" } else { "may" });
                let what = ("unique-items", message);
                self.relate(at, what, (Relation::of_rule(had, has), Relation::Same));
            }
            (Map(before, _), Map(after, _)) => {
                self.types(&at.inside("of a property"), before, after);
                let bounds = [Keyword::MinProperties, Keyword::MaxProperties];
                self.count(at, (old, new), ("properties-count", "properties", bounds));
            }
            _ => self.scalars(at, (old, new)),
        }
    }

    /// Compares how many items or properties a value may have.
    fn count(
        &mut self,
        at: &At,
        (old, new): Pair<'_>,
        (what, parts, bounds): (&'static str, &str, [Keyword; 2]),
    ) {
        let relation = match bounds.map(|keyword| bound(keyword, (old.rules(), new.rules()))) {
            [Relation::Same, relation] | [relation, Relation::Same] => relation,
            [a, b] if a == b => a,
            _ => Relation::Different,
        };
        let message = format!("the allowed number of {parts} changes");
        self.relate(at, (what, message), (relation, Relation::Same));
    }

    fn null(&mut self, at: &At, relation: Relation) {
        let message = if relation == Relation::Wider { "may be null" } else { "may not be null" };
        // In a reply, the `null` of an optional property is read as its absence.
        let received = if at.null_is_absent { Relation::Wider } else { relation };
        self.relate(at, ("null", message), (relation, received));
    }

    fn unions(&mut self, at: &At, old: &'s Union, new: &'s Union) {
        if old.tag != new.tag {
            let what = ("union", "what distinguishes the variants changes");
            self.relate(at, what, (Relation::Different, Relation::Different));
        }
        let [before, after] = [old, new].map(|union| union.variants.iter().collect::<Vec<_>>());
        let matched = Matched::of(&before, &after, &[|old, new| old.key == new.key]);
        for (old, new) in matched.pairs {
            let at = at.variant((&old.name, &old.place), (&new.name, &new.place));
            self.types(&at, &old.ty, &new.ty);
        }
        for variant in matched.removed {
            let message = format!("the variant `{}` is removed", variant.name);
            let relation = (Relation::Narrower, Relation::Wider);
            self.relate(at, ("variant-removed", message), relation);
        }
        for variant in matched.added {
            let message = format!("the variant `{}` is added", variant.name);
            self.relate(at, ("variant-added", message), (Relation::Wider, Relation::Wider));
        }
    }

    /// Whether two types allow the same values.
    pub(super) fn is_same(&self, old: &'s TypeExpr, new: &'s TypeExpr) -> bool {
        let mut silent = Wire { seen: HashSet::new(), ..Wire::new(self.old, self.new) };
        silent.types(&At::nowhere(), old, new);
        silent.changes.iter().all(|change| change.wire.verdict <= Verdict::Patch)
    }
}

/// A type without its residual rules, and these rules.
fn constraints(ty: &TypeExpr) -> (&TypeExpr, &[Residual]) {
    match ty {
        TypeExpr::Constrained(ty, residuals) => (ty, residuals),
        ty => (ty, &[]),
    }
}

fn holds_null(side: &Side<'_>, ty: &TypeExpr) -> bool {
    side.json_types(ty).contains(Types::NULL)
}

fn same_discriminant(old: &TypeExpr, new: &TypeExpr) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

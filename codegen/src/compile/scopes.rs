//! Scopes: the outermost resource with each `$dynamicAnchor`, and the properties that the value
//! lacks by its direction.
//!
//! ```text
//! { "properties": { "id": { "readOnly": true } }, "required": ["id"] }
//!
//! when sent: { anchors: [], direction: Sent, absent: ["id"] }, so that `id` is not required
//! ```
//!
//! A schema is compiled once for each scope that it is reached in, so that evaluation needs no
//! scopes. `$recursiveAnchor` is a dynamic anchor without a name.

use super::documents::ResourceId;
use crate::model::Direction;
use crate::util::{Map, sort_by};

#[derive(Clone, PartialEq, Eq, Hash)]
struct Scope {
    /// The names of dynamic anchors, each with the outermost resource that has it.
    anchors: Vec<(String, ResourceId)>,
    /// The direction of the value, if it has only one.
    direction: Option<Direction>,
    /// The properties that the value lacks in this direction.
    absent: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ScopeId(usize);

#[derive(Default)]
pub(super) struct Scopes {
    all: Vec<Scope>,
    ids: Map<Scope, ScopeId>,
}

impl Scopes {
    /// The scope outside of all resources.
    pub(super) fn outside(&mut self, direction: Option<Direction>) -> ScopeId {
        self.intern(Scope { anchors: Vec::new(), direction, absent: Vec::new() })
    }

    /// The scope of a value that lacks some properties by its direction.
    pub(super) fn of_value(&mut self, outer: ScopeId, absent: Vec<String>) -> ScopeId {
        let scope = self.all[outer.0].clone();
        self.intern(Scope { absent, ..scope })
    }

    /// The scope of a schema under `not` or `if`, which asks about the value as it is.
    pub(super) fn asking(&mut self, outer: ScopeId) -> ScopeId {
        let scope = self.all[outer.0].clone();
        self.intern(Scope { direction: None, absent: Vec::new(), ..scope })
    }

    /// Whether the value lacks a property by its direction.
    pub(super) fn lacks(&self, scope: ScopeId, property: &str) -> bool {
        self.all[scope.0].absent.iter().any(|absent| absent == property)
    }

    /// The direction of the value, if it has only one.
    pub(super) fn direction(&self, scope: ScopeId) -> Option<Direction> {
        self.all[scope.0].direction
    }

    /// The scope within a resource that has these dynamic anchors.
    pub(super) fn enter<'n>(
        &mut self,
        outer: ScopeId,
        resource: ResourceId,
        names: impl Iterator<Item = &'n str>,
    ) -> ScopeId {
        let mut scope = self.all[outer.0].clone();
        for name in names {
            if !scope.anchors.iter().any(|(known, _)| known == name) {
                scope.anchors.push((name.to_owned(), resource));
            }
        }
        sort_by(&mut scope.anchors, Ord::cmp);
        self.intern(scope)
    }

    /// The outermost resource with a dynamic anchor of this name.
    pub(super) fn outermost(&self, scope: ScopeId, name: &str) -> Option<ResourceId> {
        let known = self.all[scope.0].anchors.iter().find(|(known, _)| known == name);
        known.map(|(_, resource)| *resource)
    }

    fn intern(&mut self, scope: Scope) -> ScopeId {
        *self.ids.entry(scope.clone()).get_or_insert_with(|| {
            self.all.push(scope);
            ScopeId(self.all.len() - 1)
        })
    }
}

//! Conflicts of types with each other, and with their directions.
//!
//! ```text
//! "keys": { "type": "array", "items": { "type": "string", "sensitive": true } }
//!
//! /request/properties/keys: holds a secret that is not a property of its own; put it into an object, ..
//! ```

use super::Plan;
use crate::diagnostics::{Place, Reporter};
use crate::model::{Body, TypeExpr, TypeId};
use crate::names;
use crate::util::{CollectVec as _, Map};

impl Plan<'_> {
    pub(super) fn report_conflicts(&self, reporter: &Reporter) {
        self.report_clashes(reporter);
        self.report_two_directions(reporter);
        self.report_duplicates(reporter);
        self.report_buried_secrets(reporter);
        #[cfg(not(feature = "unicode-names"))]
        self.report_unicode_names(reporter);
    }

    /// Reports names with letters beyond ASCII: without the feature, it is not known which of them
    /// rustc warns of.
    #[cfg(not(feature = "unicode-names"))]
    fn report_unicode_names(&self, reporter: &Reporter) {
        let types = self.types.keys().map(|id| self.model.get(id));
        for (name, place) in types.flat_map(names_in).filter(|(name, _)| !name.is_ascii()) {
            reporter.needs_feature(place, &format!("the name `{name}`"), "unicode-names");
        }
    }

    /// Reports a type that has the name of the trait of the client's calls, which is generated
    /// beside it.
    pub(crate) fn report_trait_name(&self, name: &syn::Ident, reporter: &Reporter) {
        if self.model.operations.iter().all(|operation| operation.internal) {
            return;
        }
        for (id, ty) in self.types.keys().map(|id| (id, self.model.get(id))) {
            if self.names_of(id).any(|taken| name == &taken) {
                let message = format!("the trait of the client's calls is named `{name}` too");
                let help =
                    "give the schema a `rustName`, or the trait another name (`client_trait`)";
                reporter.error(&ty.place, message).help(help);
            }
        }
    }

    /// Reports types that share a name, and names that generated code uses for something else.
    fn report_clashes(&self, reporter: &Reporter) {
        let mut taken: Map<String, TypeId> = Map::default();
        for id in self.types.keys() {
            let named_type = self.model.get(id);
            let name = &named_type.name;
            if names::is_reserved(name) {
                let message = format!("generated code uses the name `{name}` for something else");
                reporter.error(&named_type.place, message).help("give the schema a `rustName`");
            }
            let clash = |name: String| Some((name.clone(), taken.insert(name, id)?));
            let clashes = self.names_of(id).filter_map(clash).collect_vec();
            // If the name of a type is taken, that of its builder is taken too: one report is
            // enough.
            if let Some((name, other)) = clashes.first() {
                reporter
                    .error(&named_type.place, format!("the type name `{name}` is taken"))
                    .help("give one of the two another `rustName`")
                    .label(&self.model.get(*other).place, "by this");
            }
        }
    }

    /// Reports properties of one direction in objects that are both sent and received.
    fn report_two_directions(&self, reporter: &Reporter) {
        for (id, _) in self.types.iter().filter(|(_, planned)| planned.sent && planned.received) {
            let Some(object) = self.model.get(id).object() else { continue };
            for property in object.properties.iter().filter(|property| property.only.is_some()) {
                let message = "is there in one direction, and its object is both sent and received";
                reporter
                    .error(&property.place, message)
                    .help("describe what is sent and what is received apart")
                    .label(&self.model.get(id).place, "this object");
            }
        }
    }

    /// Reports duplicate fields once more: objects were merged, and may have got the field for
    /// additional properties.
    fn report_duplicates(&self, reporter: &Reporter) {
        for object in self.types.keys().filter_map(|id| self.object(id)) {
            object.report_duplicates(reporter);
        }
    }

    /// Reports secrets that are not the value of a property, so that no list, map or union of
    /// secrets can be written by accident.
    fn report_buried_secrets(&self, reporter: &Reporter) {
        for id in self.types.keys() {
            let named_type = self.model.get(id);
            match &named_type.body {
                Body::Pending | Body::Enum(_) => {}
                Body::Newtype(ty, _) if ty.holds_secret() => buried(&named_type.place, reporter),
                Body::Newtype(..) => {}
                Body::Union(union) => {
                    let variants =
                        union.variants.iter().filter(|variant| variant.ty.holds_secret());
                    variants.for_each(|variant| buried(&variant.place, reporter));
                }
                Body::Object(object) => {
                    let inner = |ty: &TypeExpr| ty.part().is_some_and(TypeExpr::holds_secret);
                    for property in object.properties.iter().filter(|it| inner(&it.ty)) {
                        buried(&property.place, reporter);
                    }
                    if object.types().skip(object.properties.len()).any(TypeExpr::holds_secret) {
                        buried(&named_type.place, reporter);
                    }
                }
            }
        }
    }
}

/// The names of a type, its fields and its variants.
#[cfg(not(feature = "unicode-names"))]
fn names_in(named_type: &crate::model::Type) -> Vec<(&str, &Place)> {
    use crate::util::PushAll as _;

    let mut names = vec![(&*named_type.name, &named_type.place)];
    match &named_type.body {
        Body::Pending | Body::Newtype(..) => {}
        Body::Object(it) => names.push_all(it.properties.iter().map(|it| (&*it.field, &it.place))),
        Body::Enum(it) => names.push_all(it.variants.iter().map(|it| (&*it.name, &it.place))),
        Body::Union(it) => names.push_all(it.variants.iter().map(|it| (&*it.name, &it.place))),
    }
    names
}

fn buried(place: &Place, reporter: &Reporter) {
    reporter
        .error(place, "holds a secret that is not a property of its own")
        .help("put it into an object, as a property whose type is \"string\"");
}

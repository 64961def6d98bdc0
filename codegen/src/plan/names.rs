//! Gives each generated type a name of its own.
//!
//! ```text
//! { "properties": { "max-size": { "enum": ["a"] }, "maxSize": { "enum": ["b"] } } }
//!
//! RootMaxSize, RootMaxSizeType
//! ```
//!
//! The first type of a name keeps it. A name that a `rustName` or an operation chooses stays as it
//! is.

use heck::ToSnakeCase as _;

use super::Plan;
use crate::lower::{Lowered, name_of_definition};
use crate::model::{Body, Model, TypeId};
use crate::names;
use crate::schema::{Keyword, Located};
use crate::source::Value;
use crate::util::{CollectVec as _, Set, sort_by};

/// Renames types that share a name.
pub(crate) fn settle_names(lowered: &mut Lowered<'_>) {
    let plan = Plan::marked(&lowered.model);
    let used = plan.types.iter().map(|(id, it)| (id, it.sent)).collect_vec();
    let is_chosen = |id: &TypeId| {
        lowered.model.roots.iter().any(|root| root.ty.is_named(*id))
            || lowered.model.operations.iter().any(|operation| operation.request == *id)
            || is_chosen(&lowered.schemas[id.0])
    };
    let (chosen, mut derived): (Vec<_>, Vec<_>) =
        used.into_iter().partition(|(id, _)| is_chosen(id));
    // In the order of the text, and not of the references to them.
    let place = |id: TypeId| {
        let place = &lowered.schemas[id.0].place;
        (&*place.file.path, place.span.start)
    };
    sort_by(&mut derived, |a, b| place(a.0).cmp(&place(b.0)));
    let mut taken = Set::default();
    taken.extend(lowered.model.roots.iter().map(|root| root.name.clone()));
    for (id, is_sent) in chosen {
        taken.extend(names_of(&lowered.model, id, &lowered.model.get(id).name, is_sent));
    }
    for (id, is_sent) in derived {
        let candidates = candidates(&lowered.model.get(id).name, &lowered.schemas[id.0]);
        let names = |name: &String| names_of(&lowered.model, id, name, is_sent);
        let is_free = |name: &&String| names(name).iter().all(|name| !taken.contains(name));
        if let Some(free) = candidates.iter().find(is_free) {
            taken.extend(names(free));
            lowered.model.types[id.0].name.clone_from(free);
        }
        hint_at_long_name(&lowered.model.get(id).name, &lowered.schemas[id.0]);
    }
}

fn is_chosen(schema: &Located<'_>) -> bool {
    let Value::Object(object) = &schema.node.value else { return false };
    object.get(Keyword::RustName.name()).is_some()
}

/// The most words of a name that someone might choose.
const MANY_WORDS: usize = 4;

/// Hints at a type in a description that has a long name, derived from its place.
fn hint_at_long_name(name: &str, schema: &Located<'_>) {
    let is_long = name.to_snake_case().split('_').count() > MANY_WORDS;
    if is_long && !schema.is_document() && name_of_definition(schema).is_none() {
        let message = format!("its type is called `{name}`, after its place");
        schema.hint(message, "choose a shorter name with `rustName`");
    }
}

/// The names that a type could have, the best first.
fn candidates(name: &str, schema: &Located<'_>) -> [String; 3] {
    let place = format!("{}#{}", schema.file.path, schema.place.pointer);
    [name.to_owned(), format!("{name}Type"), format!("{name}X{:08x}", names::hash_of(&place))]
}

/// The names that a type takes: its own, and its builder's.
pub(super) fn names_of(model: &Model, id: TypeId, name: &str, is_sent: bool) -> Vec<String> {
    let has_builder = is_sent && matches!(model.get(id).body, Body::Object(_));
    let builder = has_builder.then(|| format!("{name}Builder"));
    std::iter::once(name.to_owned()).chain(builder).collect_vec()
}

//! How the items that an operation lists are read page by page, and the method that yields them.
//!
//! ```text
//! "paging": { "page": "pageindex", .. } -> { "offset": "offset", .. }   asked for otherwise: major
//! ```

use super::verdict::{Effect, Verdict};
use crate::model::Operation;

/// What follows from a change.
pub(super) fn effect(old: &Operation, new: &Operation) -> Effect {
    match (&old.paging, &new.paging) {
        (None, _) => Effect::new(Verdict::Minor, "its items can be read page by page"),
        (Some(_), None) => Effect::new(Verdict::Major, "its items are no longer read by pages"),
        (Some(_), Some(_)) => Effect::new(Verdict::Major, "pages are asked for in another way"),
    }
}

/// A description's own words.
pub(super) fn shown(operation: &Operation) -> String {
    let Some(paging) = &operation.paging else { return "no pages".to_owned() };
    let position = if paging.first.is_some() { "page" } else { "offset" };
    let mut parts = vec![format!("`{}`", paging.name), format!("{position} `{}`", paging.position)];
    parts.extend(paging.size.iter().map(|size| format!("size `{}`", size.name)));
    parts.extend(paging.items.iter().map(|items| format!("items `{items}`")));
    parts.extend(paging.pages.iter().map(|count| format!("pages `{count}`")));
    parts.extend(paging.total.iter().map(|count| format!("total `{count}`")));
    parts.extend(paging.key.iter().map(|key| format!("key `{key}`")));
    parts.join(", ")
}

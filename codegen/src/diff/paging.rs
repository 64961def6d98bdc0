//! How the items that an operation lists are read page by page, and the method that yields them.
//!
//! ```text
//! "paging": { "page": "pageindex", .. } -> { "offset": "offset", .. }   asked for otherwise: major
//! ```

use super::operations::Pair;
use super::verdict::{Effect, Verdict};
use super::wire::Wire;
use crate::model::Paging;

impl<'s> Wire<'s> {
    pub(super) fn paging(&mut self, (old, new): Pair<'s>) {
        let both = (shown(old.paging.as_ref()), shown(new.paging.as_ref()));
        let effect = match (&old.paging, &new.paging) {
            (None, _) => Effect::new(Verdict::Minor, "its items can be read page by page"),
            (Some(_), None) => Effect::new(Verdict::Major, "its items are no longer read by pages"),
            (Some(_), Some(_)) => Effect::new(Verdict::Major, "pages are asked for in another way"),
        };
        self.fact(("/paging", "paging"), (old, new), both, effect);
    }
}

/// A description's own words.
fn shown(paging: Option<&Paging>) -> String {
    let Some(paging) = paging else { return "no pages".to_owned() };
    let position = if paging.first.is_some() { "page" } else { "offset" };
    let mut parts = vec![format!("`{}`", paging.name), format!("{position} `{}`", paging.position)];
    parts.extend(paging.size.iter().map(|size| format!("size `{}`", size.name)));
    parts.extend(paging.items.iter().map(|items| format!("items `{items}`")));
    parts.extend(paging.pages.iter().map(|count| format!("pages `{count}`")));
    parts.extend(paging.total.iter().map(|count| format!("total `{count}`")));
    parts.extend(paging.key.iter().map(|key| format!("key `{key}`")));
    parts.join(", ")
}

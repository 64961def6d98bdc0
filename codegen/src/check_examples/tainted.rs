//! Tainted schemas: those with an error in them or in a schema that they refer to. Their samples
//! are not checked, since the result might be wrong.
//!
//! ```text
//! { "type": "string", "maxLenght": 3, "default": "long" }
//!
//! `maxLenght` is reported, so the default is not checked
//! ```

use crate::diagnostics::Place;
use crate::resolve::References;
use crate::util::{CollectVec as _, Map, PushAll as _, Set};

/// What identifies a place: its file and its pointer.
type Id = (String, String);

/// The places with errors, the `$ref`s to schemas with such places in them, and all values around
/// these.
#[derive(Default)]
pub(crate) struct Tainted(Set<Id>);

impl Tainted {
    /// Finds what the places of these errors taint.
    pub(crate) fn find(references: &References<'_>, errors: &[Place]) -> Self {
        let mut left = errors.iter().map(id).collect_vec();
        let mut leading_to: Map<Id, Vec<Id>> = Map::default();
        for (reference, target) in &references.places {
            match target {
                Some(target) => {
                    leading_to.entry(id(target)).get_or_insert_default().push(id(reference))
                }
                None => left.push(id(reference)),
            }
        }
        let mut tainted = Self::default();
        while let Some((file, pointer)) = left.pop() {
            for above in pointers_above(&pointer) {
                let id = (file.clone(), above.to_owned());
                left.push_all(leading_to.remove(&id).unwrap_or_default());
                tainted.0.insert(id);
            }
        }
        tainted
    }

    /// Whether a schema is tainted.
    pub(crate) fn contains(&self, schema: &Place) -> bool {
        self.0.contains(&id(schema))
    }
}

fn id(place: &Place) -> Id {
    (place.file.path.clone(), place.pointer.to_string())
}

/// A pointer, and the pointers of all values around the one that it names.
fn pointers_above(pointer: &str) -> impl Iterator<Item = &str> {
    let above = pointer.match_indices('/').filter_map(|(end, _)| pointer.get(..end));
    above.chain([pointer])
}

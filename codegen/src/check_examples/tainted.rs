//! Schemas with an error in them, or in what they refer to: nothing is said of the values that are
//! given for those, since it might be untrue.
//!
//! ```text
//! { "type": "string", "maxLenght": 3, "default": "long" }
//!
//! `maxLenght` is reported, so nothing is said of the default
//! ```

use crate::collect_vec::CollectVec as _;
use std::collections::{BTreeSet, HashMap};

use crate::diagnostics::Place;
use crate::resolve::References;

/// What identifies a place: its file and its pointer.
type Id = (String, String);

/// The places with errors, and the `$ref`s to schemas that have such places in them.
#[derive(Default)]
pub(crate) struct Tainted(BTreeSet<Id>);

impl Tainted {
    /// The places that were reported, and all that refers to them.
    pub(crate) fn find(references: &References<'_>, errors: &[Place]) -> Self {
        let mut left = errors.iter().map(id).collect_vec();
        let mut leading_to: HashMap<Id, Vec<Id>> = HashMap::new();
        for (reference, target) in &references.places {
            match target {
                Some(target) => leading_to.entry(id(target)).or_default().push(id(reference)),
                None => left.push(id(reference)),
            }
        }
        let mut tainted = Self::default();
        while let Some((file, pointer)) = left.pop() {
            for above in pointers_above(&pointer) {
                left.extend(
                    leading_to.remove(&(file.clone(), above.to_owned())).into_iter().flatten(),
                );
            }
            tainted.0.insert((file, pointer));
        }
        tainted
    }

    /// Whether there is an error in a schema, or in what it refers to.
    pub(crate) fn contains(&self, schema: &Place) -> bool {
        let (file, pointer) = id(schema);
        let within = format!("{pointer}/");
        let next = self.0.range((file.clone(), within.clone())..).next();
        next.is_some_and(|(found, place)| *found == file && place.starts_with(&within))
            || self.0.contains(&(file, pointer))
    }
}

fn id(place: &Place) -> Id {
    (place.file.path.clone(), place.pointer.to_string())
}

/// A pointer, and those of all that it lies in.
fn pointers_above(pointer: &str) -> impl Iterator<Item = &str> {
    let above = pointer.match_indices('/').filter_map(|(end, _)| pointer.get(..end));
    above.chain([pointer])
}

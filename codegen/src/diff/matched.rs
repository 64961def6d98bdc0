//! Matches the elements of two lists: pairs, removed ones and added ones.
//!
//! ```text
//! properties a, b -> properties a, c      pairs: [(a, a)], removed: [b], added: [c]
//! ```

/// The matched elements of two sides.
pub(super) struct Matched<'s, T> {
    pub(super) pairs: Vec<(&'s T, &'s T)>,
    pub(super) removed: Vec<&'s T>,
    pub(super) added: Vec<&'s T>,
}

impl<'s, T> Matched<'s, T> {
    /// Matches elements by each criterion in turn: a later one only matches the elements that the
    /// earlier ones left over.
    pub(super) fn of(old: &[&'s T], new: &[&'s T], criteria: &[fn(&T, &T) -> bool]) -> Self {
        let (mut removed, mut added) = (old.to_vec(), new.to_vec());
        let mut pairs = Vec::new();
        for is_same in criteria {
            removed.retain(|old| match added.iter().position(|new| is_same(old, new)) {
                Some(index) => {
                    pairs.push((*old, added.remove(index)));
                    false
                }
                None => true,
            });
        }
        Self { pairs, removed, added }
    }
}

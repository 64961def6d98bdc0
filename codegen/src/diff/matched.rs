//! Which things are the same one in both, and which are gone or new.
//!
//! ```text
//! properties a, b -> properties a, c      pairs: [(a, a)], removed: [b], added: [c]
//! ```

/// The things of two sides.
pub(super) struct Matched<'s, T> {
    pub(super) pairs: Vec<(&'s T, &'s T)>,
    pub(super) removed: Vec<&'s T>,
    pub(super) added: Vec<&'s T>,
}

impl<'s, T> Matched<'s, T> {
    /// Two are the same by the first likeness that finds a pair.
    pub(super) fn of(old: &[&'s T], new: &[&'s T], likenesses: &[fn(&T, &T) -> bool]) -> Self {
        let (mut removed, mut added) = (old.to_vec(), new.to_vec());
        let mut pairs = Vec::new();
        for is_alike in likenesses {
            removed.retain(|one| match added.iter().position(|other| is_alike(one, other)) {
                Some(index) => {
                    pairs.push((*one, added.remove(index)));
                    false
                }
                None => true,
            });
        }
        Self { pairs, removed, added }
    }
}

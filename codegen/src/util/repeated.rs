//! Finds names that occur more than once.
//!
//! ```text
//! "a", "b", "a"    (2, 0): the third name is the same as the first
//! ```

use super::map::Map;

/// The index of each name that occurred before, with the index of its first occurrence.
pub(crate) fn repeated<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<(usize, usize)> {
    let mut firsts = Map::default();
    let mut repeated = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        let first = *firsts.entry(name).get_or_insert(index);
        if first != index {
            repeated.push((index, first));
        }
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn a_repeated_name_is_found_with_its_first_occurrence() {
        assert_eq!(repeated(["a", "b", "a", "c", "a"]), [(2, 0), (4, 0)]);
    }
}

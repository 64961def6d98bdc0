//! Names that several things have.
//!
//! ```text
//! "a", "b", "a"    (2, 0): the third is called as the first
//! ```

use crate::map::Map;

/// The index of each name that was there before, and that of the first one.
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
    fn a_name_is_told_with_the_first_of_its_kind() {
        assert_eq!(repeated(["a", "b", "a", "c", "a"]), [(2, 0), (4, 0)]);
    }
}

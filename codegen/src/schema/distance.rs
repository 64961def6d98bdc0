//! How many mistakes lie between two words.
//!
//! ```text
//! maxLenght, maxLength    1: two letters have changed places
//! ```
use crate::collect_vec::CollectVec as _;

/// How many letters have to be added, left out or replaced, or to change places with the next one, so that
/// one word becomes the other: the "optimal string alignment" distance.
pub(super) fn distance(from: &str, to: &str) -> usize {
    let to = to.chars().collect_vec();
    // For each beginning of the other word, the distance of what came before this letter.
    let mut above = (0..=to.len()).collect_vec();
    let mut above_that = Vec::new();
    let mut before = None;
    for (index, letter) in from.chars().enumerate() {
        let mut row = vec![index + 1];
        for (column, other) in to.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != *other);
            let mut least = replaced.min(above[column + 1] + 1).min(row[column] + 1);
            if column > 0 && before == Some(*other) && to[column - 1] == letter {
                least = least.min(above_that[column - 1] + 1);
            }
            row.push(least);
        }
        above_that = std::mem::replace(&mut above, row);
        before = Some(letter);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn each_kind_of_mistake_counts_once() {
        for (from, to, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("length", "length", 0),
            ("lenght", "length", 1),
            ("lngth", "length", 1),
            ("lenngth", "length", 1),
            ("lemgth", "length", 1),
            ("ca", "abc", 3),
            ("badc", "abcd", 2),
            ("bca", "abc", 2),
            ("abab", "baba", 2),
            ("名前", "名称", 1),
        ] {
            assert_eq!(distance(from, to), expected, "{from} {to}");
        }
    }
}

//! The edit distance of two words.
//!
//! ```text
//! maxLenght, maxLength    1: two letters have changed places
//! ```

use crate::util::CollectVec as _;

/// How many letters have to be added, removed, replaced or swapped with the next one to make one
/// word of the other: the "optimal string alignment" distance.
pub(super) fn distance(from: &str, to: &str) -> usize {
    let to = to.chars().collect_vec();
    // For each prefix of the other word, its distance from the letters before this one.
    let mut above = (0..=to.len()).collect_vec();
    let mut two_above = Vec::new();
    let mut previous = None;
    for (index, letter) in from.chars().enumerate() {
        let mut row = vec![index + 1];
        for (column, other) in to.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != *other);
            let mut least = replaced.min(above[column + 1] + 1).min(row[column] + 1);
            if column > 0 && previous == Some(*other) && to[column - 1] == letter {
                least = least.min(two_above[column - 1] + 1);
            }
            row.push(least);
        }
        two_above = std::mem::replace(&mut above, row);
        previous = Some(letter);
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

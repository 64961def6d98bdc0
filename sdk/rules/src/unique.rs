//! Finding an item that appears twice in an array.
//!
//! ```text
//! [1, "a", 1.0]    item 2 equals item 0
//! ```

use std::hash::{BuildHasher, Hash as _, Hasher as _, RandomState};

use crate::value_rules::equal;
use crate::view::{Leaf, View};

/// Up to this many items are compared with each other. More are compared by a hash first.
const MOST_BY_PAIRS: usize = 12;

/// The first item that equals an earlier one, and the earlier one.
pub(crate) fn first_repeated<'v, V: View<'v>>(
    count: usize,
    items: impl Iterator<Item = V>,
) -> Option<(usize, usize)> {
    if count <= MOST_BY_PAIRS { first_of_few(items) } else { first_of_many(count, items) }
}

/// Compares the items with each other, without an allocation.
fn first_of_few<'v, V: View<'v>>(items: impl Iterator<Item = V>) -> Option<(usize, usize)> {
    let mut few = [None; MOST_BY_PAIRS];
    for (second, item) in items.enumerate() {
        let mut before = few.iter().take(second).flatten();
        if let Some(first) = before.position(|first| equal(*first, item)) {
            return Some((second, first));
        }
        *few.get_mut(second)? = Some(item);
    }
    None
}

fn first_of_many<'v, V: View<'v>>(
    count: usize,
    each: impl Iterator<Item = V>,
) -> Option<(usize, usize)> {
    let mut items = Vec::with_capacity(count);
    items.extend(each);
    let state = RandomState::new();
    let mut hashes = Vec::with_capacity(count);
    for (index, item) in items.iter().enumerate() {
        hashes.push((hash(*item, &state), index));
    }
    first_of_one_hash(hashes, &|first, second| equal(items[first], items[second]))
}

/// Compares items with the same hash. It has no type parameter, so that it is compiled once.
fn first_of_one_hash(
    mut hashes: Vec<(u64, usize)>,
    are_equal: &dyn Fn(usize, usize) -> bool,
) -> Option<(usize, usize)> {
    hashes.sort_unstable();
    let runs = hashes.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.len() > 1);
    let mut pairs = runs.filter_map(|run| {
        // Different values that share a hash are too rare to slow this down.
        let pairs = run.iter().enumerate().skip(1).flat_map(|(at, (_, second))| {
            run[..at].iter().map(move |(_, first)| (*second, *first))
        });
        pairs.into_iter().find(|(second, first)| are_equal(*first, *second))
    });
    let first = pairs.next()?;
    Some(pairs.fold(first, std::cmp::min))
}

/// A hash that equal values share.
fn hash<'v>(value: impl View<'v>, state: &impl BuildHasher) -> u64 {
    let mut hasher = state.build_hasher();
    hash_into(value, state, &mut hasher);
    hasher.finish()
}

fn hash_into<'v, S: BuildHasher>(value: impl View<'v>, state: &S, hasher: &mut S::Hasher) {
    match value.leaf() {
        Leaf::Null => hasher.write_u8(0),
        Leaf::Bool(bool) => bool.hash(hasher),
        Leaf::Number(number) => number.hash(hasher),
        Leaf::String(string) => string.hash(hasher),
        Leaf::Array(count) => {
            count.hash(hasher);
            value.items().for_each(|item| hash_into(item, state, hasher));
        }
        // A sum, so that the order of properties does not count.
        Leaf::Object(_) => {
            let mut sum = 0_u64;
            for (name, value) in value.properties() {
                let mut hasher = state.build_hasher();
                name.hash(&mut hasher);
                hash_into(value, state, &mut hasher);
                sum = sum.wrapping_add(hasher.finish());
            }
            hasher.write_u64(sum);
        }
    }
}

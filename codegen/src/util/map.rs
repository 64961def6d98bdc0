//! Maps and sets whose code is mostly compiled once for all types.
//!
//! ```text
//! sizes.insert("town", 20), sizes.insert("id", 8)    {"town": 20, "id": 8}, in this order
//! ```
//!
//! A `HashMap` is two thousand lines of LLVM IR for each type of keys, and build scripts are not
//! optimised. These maps share one `HashMap` from hashes to indices, which saves 4 % of the
//! generator's LLVM IR lines.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// A map that iterates in the order in which its keys were first inserted.
pub(crate) struct Map<K, V> {
    /// A removed entry stays as `None`, so that the indices of the others do not change.
    entries: Vec<(K, Option<V>)>,
    index: Index,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: Index::default() }
    }
}

impl<K: Hash + Eq, V> Map<K, V> {
    /// The value of a key.
    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries[self.find(key).ok()?].1.as_ref()
    }

    pub(crate) fn contains_key<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.entries[at].1.as_mut()
    }

    /// The place of the value of a key; `None` if it has no value yet.
    pub(crate) fn entry(&mut self, key: K) -> &mut Option<V> {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(free) => {
                self.index.0.insert(free, self.entries.len());
                self.entries.push((key, None));
                self.entries.len() - 1
            }
        };
        &mut self.entries[at].1
    }

    /// Sets the value of a key, and returns the previous one.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.entry(key).replace(value)
    }

    /// Removes the value of a key, and returns it.
    pub(crate) fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.entries[at].1.take()
    }

    /// The keys with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> + Clone {
        self.entries.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)))
    }

    /// The index of a key's entry, or the free hash for a new entry.
    fn find<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Result<usize, u64>
    where
        K: Borrow<Q>,
    {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.index.find(hasher.finish(), &|at| self.entries[at].0.borrow() == key)
    }
}

/// The indices of entries, by the hashes of their keys. On a collision, a key uses the next free
/// hash.
#[derive(Default)]
struct Index(HashMap<u64, usize>);

impl Index {
    /// The index of the entry that `matches`, or the free hash for a new entry.
    fn find(&self, mut hash: u64, matches: &dyn Fn(usize) -> bool) -> Result<usize, u64> {
        while let Some(at) = self.0.get(&hash) {
            if matches(*at) {
                return Ok(*at);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }
}

/// A set of values.
pub(crate) struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<T: Hash + Eq> Set<T> {
    /// Adds a value, and returns whether it is new.
    pub(crate) fn insert(&mut self, value: T) -> bool {
        self.0.insert(value, ()).is_none()
    }

    pub(crate) fn contains<Q: Hash + Eq + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(value)
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<T: Hash + Eq> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        for value in values {
            self.insert(value);
        }
    }
}

impl<T: Hash + Eq> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut set = Self::default();
        set.extend(values);
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::{any, prop, proptest};

    use super::{Index, Map};

    proptest! {
        #[test]
        fn it_holds_what_a_map_of_the_standard_library_holds(
            steps in prop::collection::vec((0..16_u8, any::<Option<u8>>()), 0..80),
        ) {
            let (mut map, mut expected) = (Map::default(), HashMap::new());
            for (key, value) in steps {
                match value {
                    Some(value) => assert_eq!(map.insert(key, value), expected.insert(key, value)),
                    None => assert_eq!(map.remove(&key), expected.remove(&key)),
                }
                assert_eq!(map.iter().collect::<HashMap<_, _>>(), expected.iter().collect());
                assert_eq!(map.get(&key), expected.get(&key));
            }
        }
    }

    #[test]
    fn two_keys_of_one_hash_are_two() {
        let index = Index(HashMap::from([(u64::MAX, 0), (0, 1)]));
        assert_eq!(index.find(u64::MAX, &|at| at == 0), Ok(0));
        assert_eq!(index.find(u64::MAX, &|at| at == 1), Ok(1));
        assert_eq!(index.find(u64::MAX, &|_| false), Err(1));
    }
}

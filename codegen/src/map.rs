//! Maps and sets, most of which is compiled once for all types.
//!
//! ```text
//! sizes.insert("town", 20), sizes.insert("id", 8)    {"town": 20, "id": 8}, in this order
//! ```
//!
//! A map that looks up its keys itself is two thousand lines of LLVM IR for each type of keys, and in a build
//! script nothing of that is optimised: the generator has 4 % fewer lines of it with these.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// Values by their keys, in the order in which the keys were first inserted.
pub(crate) struct Map<K, V> {
    /// A value that was removed leaves its place.
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

    /// The value of a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.entries[at].1.as_mut()
    }

    /// Where the value of a key is, or will be.
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

    /// Gives a key a value, and returns the one that it had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.entry(key).replace(value)
    }

    /// Takes the value of a key out.
    pub(crate) fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.entries[at].1.take()
    }

    /// The keys that have a value, and the values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> + Clone {
        self.entries.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)))
    }

    fn find<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Result<usize, u64>
    where
        K: Borrow<Q>,
    {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.index.find(hasher.finish(), &|at| self.entries[at].0.borrow() == key)
    }
}

/// Where the entries are, by the hashes of their keys. Of two keys with one hash, the second has the next one.
#[derive(Default)]
struct Index(HashMap<u64, usize>);

impl Index {
    /// The entry that is the one, or the hash that is free for it.
    fn find(&self, mut hash: u64, is_it: &dyn Fn(usize) -> bool) -> Result<usize, u64> {
        while let Some(at) = self.0.get(&hash) {
            if is_it(*at) {
                return Ok(*at);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }
}

/// Some values, each once.
pub(crate) struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<T: Hash + Eq> Set<T> {
    /// Adds a value, and says whether it was not there before.
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

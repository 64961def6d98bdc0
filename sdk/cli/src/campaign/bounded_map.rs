//! A map from numbers to numbers that takes the same memory however much it holds: what is more than
//! fits lies in a file without a name, which ends with the process, however that ends.
//!
//! ```text
//! store 7  ->  line 2          24 bytes each: key, and two numbers of which the first is not zero
//! (nothing)                    zeros
//! store 9  ->  line 5
//! ```

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use super::lock::lock;

/// What belongs to a key. The first number is not zero.
pub(crate) type Value = [u64; 2];

/// A key, or a part of a value, for what is longer than a number.
pub(crate) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A key and its value; zeros where there is none.
type Slot = [u64; 3];

const SLOT_BYTES: usize = size_of::<Slot>();
const FIRST_SLOTS: u64 = 1 << 8;
/// So many slots at the most are kept in memory: 786 kB, for 24,000 entries.
const MOST_IN_MEMORY: u64 = 1 << 15;

/// A map with a bound on its memory.
#[derive(Debug)]
pub(crate) struct BoundedMap {
    slots: Slots,
    /// How many slots there are, a power of two.
    size: u64,
    count: u64,
}

#[derive(Debug)]
enum Slots {
    Memory(Vec<Slot>),
    File(Mutex<File>),
}

impl Default for BoundedMap {
    fn default() -> Self {
        Self { slots: Slots::in_memory(FIRST_SLOTS), size: FIRST_SLOTS, count: 0 }
    }
}

impl BoundedMap {
    /// How many keys there are.
    pub(crate) fn len(&self) -> u64 {
        self.count
    }

    /// What belongs to a key.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub(crate) fn get(&self, key: u64) -> io::Result<Option<Value>> {
        Ok(self.find(key)?.1)
    }

    /// Sets what belongs to a key, and returns what did before.
    ///
    /// # Errors
    ///
    /// When the file cannot be written, as on a disk that is full.
    pub(crate) fn insert(&mut self, key: u64, value: Value) -> io::Result<Option<Value>> {
        // A quarter of the slots stays free: what is looked for is found after a step or two.
        if self.count * 4 >= self.size * 3 {
            self.grow()?;
        }
        let (index, before) = self.find(key)?;
        let [first, second] = value;
        self.slots.write(index, [key, first, second])?;
        self.count += u64::from(before.is_none());
        Ok(before)
    }

    /// Visits every key, in no order.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or the visitor fails.
    pub(crate) fn each(
        &self,
        mut visit: impl FnMut(u64, Value) -> io::Result<()>,
    ) -> io::Result<()> {
        self.slots.each(|[key, first, second]| match first {
            0 => Ok(()),
            _ => visit(key, [first, second]),
        })
    }

    /// The slot of a key, or the one that it would take.
    fn find(&self, key: u64) -> io::Result<(u64, Option<Value>)> {
        // Keys may be numbers in a row: by Fibonacci's multiplier they spread over all slots.
        let spread = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut index = spread >> (u64::BITS - self.size.trailing_zeros());
        loop {
            match self.slots.read(index)? {
                [_, 0, _] => return Ok((index, None)),
                [found, first, second] if found == key => {
                    return Ok((index, Some([first, second])));
                }
                _ => index = (index + 1) % self.size,
            }
        }
    }

    fn grow(&mut self) -> io::Result<()> {
        let size = self.size * 2;
        let slots =
            if size > MOST_IN_MEMORY { Slots::in_file(size)? } else { Slots::in_memory(size) };
        let mut larger = Self { slots, size, count: 0 };
        self.each(|key, value| larger.insert(key, value).map(drop))?;
        *self = larger;
        Ok(())
    }
}

impl Slots {
    fn in_memory(size: u64) -> Self {
        Self::Memory((0..size).map(|_| Slot::default()).collect())
    }

    fn in_file(size: u64) -> io::Result<Self> {
        let file = tempfile::tempfile()?;
        // What was not written yet reads as zeros, and takes no room.
        file.set_len(size * SLOT_BYTES as u64)?;
        Ok(Self::File(Mutex::new(file)))
    }

    fn read(&self, index: u64) -> io::Result<Slot> {
        match self {
            Self::Memory(slots) => {
                let slot = usize::try_from(index).ok().and_then(|index| slots.get(index));
                Ok(slot.copied().unwrap_or_default())
            }
            Self::File(file) => {
                let mut bytes = [0; SLOT_BYTES];
                at(file, index, |file| file.read_exact(&mut bytes))?;
                Ok(from_bytes(&bytes))
            }
        }
    }

    fn write(&mut self, index: u64, slot: Slot) -> io::Result<()> {
        match self {
            Self::Memory(slots) => {
                if let Some(old) =
                    usize::try_from(index).ok().and_then(|index| slots.get_mut(index))
                {
                    *old = slot;
                }
                Ok(())
            }
            Self::File(file) => at(file, index, |file| file.write_all(&to_bytes(slot))),
        }
    }

    fn each(&self, mut visit: impl FnMut(Slot) -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Memory(slots) => slots.iter().copied().try_for_each(visit),
            Self::File(file) => at(file, 0, |file| {
                let mut reader = BufReader::new(file);
                let mut bytes = [0; SLOT_BYTES];
                while !reader.fill_buf()?.is_empty() {
                    reader.read_exact(&mut bytes)?;
                    visit(from_bytes(&bytes))?;
                }
                Ok(())
            }),
        }
    }
}

/// Does something where a slot begins.
fn at<T>(
    file: &Mutex<File>,
    index: u64,
    work: impl FnOnce(&mut File) -> io::Result<T>,
) -> io::Result<T> {
    let mut file = lock(file);
    file.seek(SeekFrom::Start(index * SLOT_BYTES as u64))?;
    work(&mut file)
}

fn to_bytes(slot: Slot) -> [u8; SLOT_BYTES] {
    let mut bytes = [0; SLOT_BYTES];
    for (part, number) in bytes.chunks_exact_mut(8).zip(slot) {
        part.copy_from_slice(&number.to_ne_bytes());
    }
    bytes
}

fn from_bytes(bytes: &[u8; SLOT_BYTES]) -> Slot {
    let mut slot = Slot::default();
    for (number, part) in slot.iter_mut().zip(bytes.chunks_exact(8)) {
        *number = part.try_into().map(u64::from_ne_bytes).unwrap_or_default();
    }
    slot
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn it_holds_what_a_map_of_any_memory_holds_in_memory_and_beyond() {
        let mut random = fastrand::Rng::with_seed(7);
        let (mut map, mut expected) = (BoundedMap::default(), HashMap::new());
        for round in 0..60_000 {
            let key = if round % 2 == 0 { round } else { random.u64(..60_000) };
            let value = [random.u64(1..), random.u64(..)];
            assert_eq!(map.insert(key, value).unwrap(), expected.insert(key, value));
        }
        assert!(matches!(map.slots, Slots::File(_)), "it has outgrown its memory");
        assert_eq!(map.len(), expected.len() as u64);
        for key in 0..60_000 {
            assert_eq!(map.get(key).unwrap(), expected.get(&key).copied(), "{key}");
        }
        let mut visited = HashMap::new();
        map.each(|key, value| {
            visited.insert(key, value);
            Ok(())
        })
        .unwrap();
        assert_eq!(visited, expected);
    }

    #[test]
    fn a_quarter_of_the_slots_stays_free() {
        let mut map = BoundedMap::default();
        for (keys, slots) in [(192, 256), (193, 512), (384, 512), (385, 1024)] {
            for key in map.len()..keys {
                map.insert(key, [1, 0]).unwrap();
            }
            assert_eq!((map.len(), map.size), (keys, slots));
        }
        // As many as fit in memory are kept there.
        for (keys, fits) in [(24_576, true), (24_577, false)] {
            for key in map.len()..keys {
                map.insert(key, [1, 0]).unwrap();
            }
            assert_eq!(matches!(map.slots, Slots::Memory(_)), fits);
        }
    }

    #[test]
    fn keys_that_meet_in_one_slot_are_told_apart() {
        let mut map = BoundedMap::default();
        // The inverse of the multiplier: these keys begin at the last slot, and go on at the first.
        let last = |nth: u64| (u64::MAX - nth).wrapping_mul(0xF1DE_83E1_9937_733D);
        for nth in 0..5 {
            assert_eq!(map.insert(last(nth), [nth + 1, 0]).unwrap(), None);
        }
        for nth in 0..5 {
            assert_eq!(map.get(last(nth)).unwrap(), Some([nth + 1, 0]));
        }
        assert_eq!(map.get(last(5)).unwrap(), None);
    }
}

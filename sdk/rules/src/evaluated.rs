//! The set of items or properties of a value that have been evaluated: bits, the first 128 of which need no
//! allocation.
//!
//! ```text
//! {"prefixItems": [true]}   [1, 2]   item 0 is evaluated, item 1 is not
//! ```

/// The indices of the items or properties that have been evaluated.
#[derive(Default)]
pub(crate) struct Evaluated {
    first: u128,
    more: Vec<u128>,
    /// A rule with alternatives has failed, so it is not known what it would have evaluated.
    is_unknown: bool,
}

impl Evaluated {
    pub(crate) fn mark(&mut self, index: usize) {
        *self.word(index / 128) |= 1 << (index % 128);
    }

    pub(crate) const fn mark_unknown(&mut self) {
        self.is_unknown = true;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.first |= other.first;
        for (index, word) in other.more.iter().enumerate() {
            *self.word(index + 1) |= word;
        }
        self.is_unknown |= other.is_unknown;
    }

    pub(crate) fn has(&self, index: usize) -> bool {
        let word = match index / 128 {
            0 => self.first,
            more => self.more.get(more - 1).copied().unwrap_or(0),
        };
        self.is_unknown || word & (1 << (index % 128)) != 0
    }

    fn word(&mut self, index: usize) -> &mut u128 {
        let Some(more) = index.checked_sub(1) else { return &mut self.first };
        if self.more.len() <= more {
            self.more.resize(more + 1, 0);
        }
        &mut self.more[more]
    }
}

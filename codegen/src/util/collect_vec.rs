//! Collects the items of an iterator in a vector.
//!
//! ```text
//! names.iter().map(|name| quoted(name)).collect_vec()
//! quoted.push_all(additional)
//! ```

/// Does what `collect` does, by one loop. `collect` instantiates a dozen functions for each type of
/// iterator, and build scripts are not optimised: those were 12 % of the generator's LLVM IR lines.
#[expect(clippy::while_let_on_iterator, reason = "`for` instantiates one function more")]
pub(crate) trait CollectVec: Iterator + Sized {
    /// Collects all items.
    fn collect_vec(mut self) -> Vec<Self::Item> {
        let mut items = Vec::new();
        while let Some(item) = self.next() {
            items.push(item);
        }
        items
    }

    /// Collects the values of results; stops at the first error and returns it.
    fn collect_ok<T, E>(mut self) -> Result<Vec<T>, E>
    where
        Self: Iterator<Item = Result<T, E>>,
    {
        let mut items = Vec::new();
        while let Some(item) = self.next() {
            items.push(item?);
        }
        Ok(items)
    }

    /// Collects the values of options; `None` if one of them is `None`.
    fn collect_some<T>(mut self) -> Option<Vec<T>>
    where
        Self: Iterator<Item = Option<T>>,
    {
        let mut items = Vec::new();
        while let Some(item) = self.next() {
            items.push(item?);
        }
        Some(items)
    }
}

impl<I: Iterator> CollectVec for I {}

/// Appends the items of an iterator to a vector.
pub(crate) trait PushAll<T> {
    /// Does what `extend` does, which instantiates nine functions for each type of iterator.
    fn push_all(&mut self, items: impl IntoIterator<Item = T>);
}

impl<T> PushAll<T> for Vec<T> {
    fn push_all(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.push(item);
        }
    }
}

//! Vectors of what an iterator yields.
//!
//! ```text
//! names.iter().map(|name| quoted(name)).collect_vec()
//! quoted.push_all(more)
//! ```

/// As `itertools` has it, but made of one loop: `collect` makes a dozen functions for each kind of iterator. In
/// a build script nothing of that is optimised: it was 12 % of the generator's lines of LLVM IR.
#[expect(clippy::while_let_on_iterator, reason = "`for` is one function more")]
pub(crate) trait CollectVec: Iterator + Sized {
    /// All that it yields.
    fn collect_vec(mut self) -> Vec<Self::Item> {
        let mut items = Vec::new();
        while let Some(item) = self.next() {
            items.push(item);
        }
        items
    }

    /// The same of results, up to the first error, if there is one.
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

    /// The same of options, if none of them is `None`.
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

/// Vectors that take what an iterator yields.
pub(crate) trait PushAll<T> {
    /// Adds all of it, as `extend` does, which makes nine functions for each kind of iterator.
    fn push_all(&mut self, items: impl IntoIterator<Item = T>);
}

impl<T> PushAll<T> for Vec<T> {
    fn push_all(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.push(item);
        }
    }
}

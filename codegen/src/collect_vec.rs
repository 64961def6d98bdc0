//! Vectors of what an iterator yields.
//!
//! ```text
//! names.iter().map(|name| quoted(name)).collect_vec()
//! ```

/// As `itertools` has it, but made of one loop: `collect` makes a dozen functions for each kind of iterator. In
/// a build script nothing of that is optimised, so it was a tenth of what there was to compile.
pub(crate) trait CollectVec: Iterator + Sized {
    /// All that it yields.
    fn collect_vec(mut self) -> Vec<Self::Item> {
        let mut items = Vec::new();
        #[expect(clippy::while_let_on_iterator, reason = "`for` is one function more")]
        while let Some(item) = self.next() {
            items.push(item);
        }
        items
    }
}

impl<I: Iterator> CollectVec for I {}

//! What iterators are asked for an item, each by one loop.
//!
//! ```text
//! names.iter().any(|name| name == "id")
//! ```

/// The methods of `Iterator` that have these names, and they do the same. Those search by `try_fold`, which makes
/// three functions of each question and one more of each adapter; in a build script nothing of that is
/// optimised. Where this trait is in scope its methods are called, since they take the iterator itself.
#[expect(clippy::while_let_on_iterator, reason = "`for` is one function more")]
pub(crate) trait Search: Iterator + Sized {
    fn any(mut self, mut is_it: impl FnMut(Self::Item) -> bool) -> bool {
        while let Some(item) = self.next() {
            if is_it(item) {
                return true;
            }
        }
        false
    }

    fn all(mut self, mut is_so: impl FnMut(Self::Item) -> bool) -> bool {
        while let Some(item) = self.next() {
            if !is_so(item) {
                return false;
            }
        }
        true
    }

    fn find(mut self, mut is_it: impl FnMut(&Self::Item) -> bool) -> Option<Self::Item> {
        while let Some(item) = self.next() {
            if is_it(&item) {
                return Some(item);
            }
        }
        None
    }

    fn find_map<T>(mut self, mut found: impl FnMut(Self::Item) -> Option<T>) -> Option<T> {
        while let Some(item) = self.next() {
            let found = found(item);
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

impl<I: Iterator> Search for I {}

//! Random numbers from a seed.

/// A source of random numbers, which are the same for the same seed.
#[derive(Debug)]
pub(super) struct Rng(fastrand::Rng);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A number below this one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    /// True in this share of all cases, in percent.
    pub(super) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// One of these, by weights.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(usize, T)]) -> T {
        let mut left = self.below(from.iter().map(|(weight, _)| weight).sum());
        let hit = from.iter().find(|(weight, _)| {
            let is_hit = left < *weight;
            left = left.wrapping_sub(*weight);
            is_hit
        });
        hit.unwrap().1
    }

    /// A few of these, each once, in their order.
    pub(super) fn some<T: Clone>(&mut self, from: &[T], share: usize) -> Vec<T> {
        from.iter().filter(|_| self.percent(share)).cloned().collect()
    }
}

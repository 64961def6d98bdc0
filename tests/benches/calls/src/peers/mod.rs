//! The ways to make the same two calls.

pub(crate) mod by_hand;
pub(crate) mod floor;
pub(crate) mod lean;
pub(crate) mod progenitor;
pub(crate) mod sdk;

/// One way to place a coupon and to read which one is placed.
pub(crate) trait Peer: Clone + Send + Sync + 'static {
    /// A client of the service at `base`.
    fn new(base: &str) -> Self;

    /// Builds the documented requests, makes the two calls and reads their replies.
    fn pair(&self) -> impl Future<Output = ()> + Send;
}

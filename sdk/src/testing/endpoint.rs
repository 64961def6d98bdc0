//! Naming what a test wants to script, limit or count.

use std::borrow::Cow;
use std::fmt;

/// An endpoint of the server, by its path.
///
/// ```
/// use wechat_bizwifi::testing::Endpoint;
///
/// assert_eq!(Endpoint::SET_COUPON_PLACEMENT.to_string(), "/bizwifi/couponput/set");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint(Cow<'static, str>);

impl Endpoint {
    /// Every endpoint.
    pub const ANY: Self = Self(Cow::Borrowed("*"));
    /// `POST /bizwifi/couponput/set`
    pub const SET_COUPON_PLACEMENT: Self = Self(Cow::Borrowed("/bizwifi/couponput/set"));
    /// `POST /bizwifi/couponput/get`
    pub const GET_COUPON_PLACEMENT: Self = Self(Cow::Borrowed("/bizwifi/couponput/get"));
    /// `POST /cgi-bin/stable_token`
    pub const STABLE_TOKEN: Self = Self(Cow::Borrowed("/cgi-bin/stable_token"));
    /// `GET /cgi-bin/token`
    pub const TOKEN: Self = Self(Cow::Borrowed("/cgi-bin/token"));

    /// The endpoint that takes requests of this type.
    ///
    /// ```
    /// use wechat_bizwifi::ListShops;
    /// use wechat_bizwifi::testing::Endpoint;
    ///
    /// assert_eq!(Endpoint::of::<ListShops>().to_string(), "/bizwifi/shop/list");
    /// ```
    pub const fn of<E: crate::endpoint::Endpoint>() -> Self {
        Self(Cow::Borrowed(E::OPERATION.path))
    }

    /// The endpoint with this path. The server need not know it: a fault may script it. A slash that it
    /// should begin with is added.
    pub fn path(path: impl Into<String>) -> Self {
        let path = path.into();
        let is_whole = path.starts_with('/') || path == Self::ANY.0;
        Self(Cow::Owned(if is_whole { path } else { format!("/{path}") }))
    }

    pub(super) fn covers(&self, path: &str) -> bool {
        *self == Self::ANY || self.0 == path
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

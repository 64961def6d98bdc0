//! Naming what a test wants to script, limit or count.

use std::borrow::Cow;
use std::fmt;

use crate::endpoint::Endpoint as Described;
use crate::generated::{
    GetAccessToken, GetCouponPlacement, GetStableAccessToken, SetCouponPlacement,
};

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
    pub const SET_COUPON_PLACEMENT: Self = Self::of::<SetCouponPlacement>();
    /// `POST /bizwifi/couponput/get`
    pub const GET_COUPON_PLACEMENT: Self = Self::of::<GetCouponPlacement>();
    /// `POST /cgi-bin/stable_token`
    pub const STABLE_TOKEN: Self = Self::of::<GetStableAccessToken>();
    /// `GET /cgi-bin/token`
    pub const TOKEN: Self = Self::of::<GetAccessToken>();

    /// The endpoint with this path, of which the server itself need not know anything: a fault may
    /// script it.
    pub fn path(path: impl Into<String>) -> Self {
        Self(Cow::Owned(path.into()))
    }

    const fn of<T: Described>() -> Self {
        Self(Cow::Borrowed(T::OPERATION.path))
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

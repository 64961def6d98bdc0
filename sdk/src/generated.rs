//! A stand-in, written by hand, for what the generator will write.
use serde::Serialize;

use crate::__private as rt;
use crate::{Client, Error, ReturnCode, Secret, UnixTime};

/// The store's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShopId(i64);

rt::integer!(ShopId(i64));

impl ShopId {
    /// Every store of the account.
    pub const ALL: Self = Self(0);
}

/// A card's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardId(String);

rt::text!(CardId, rt::Text::new().min_length(1));

/// Whether a placement is in effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CardStatus {
    /// In effect.
    InEffect,
    /// Not yet in effect.
    NotYetInEffect,
    /// Expired.
    Expired,
    /// A value that the description does not list, kept as it came.
    Unknown(i64),
}

rt::integer_enum!(open CardStatus(i64) {
    0 = InEffect;
    1 = NotYetInEffect;
    2 = Expired;
});

/// Places a card in a store's Wi-Fi connect flow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetCouponPlacement {
    shop_id: ShopId,
    card_id: CardId,
    card_describe: String,
    start_time: UnixTime,
    end_time: UnixTime,
    card_quantity: i64,
}

rt::sent! {
    SetCouponPlacement, SetCouponPlacementBuilder, closed: true {
        /// The store.
        required copy shop_id: ShopId as "shop_id";
        /// The card.
        required borrow card_id: CardId as "card_id";
        /// What the guest sees.
        required str card_describe: String as "card_describe", rt::Text::new().max_length(18);
        /// Start.
        required copy start_time: UnixTime as "start_time", rt::Integer::new().minimum(0);
        /// End.
        required copy end_time: UnixTime as "end_time", rt::Integer::new().minimum(0);
        /// Stock.
        required copy card_quantity: i64 as "card_quantity", rt::Integer::new().minimum(0);
    }
}

impl rt::Endpoint for SetCouponPlacement {
    type Reply = ();

    const OPERATION: &'static rt::Operation =
        &rt::Operation::new("setCouponPlacement", rt::Method::Post, "/bizwifi/couponput/set")
            .return_codes(RETURN_CODES);
}

/// Reads the card that is placed in a store's Wi-Fi connect flow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GetCouponPlacement {
    shop_id: ShopId,
}

impl GetCouponPlacement {
    /// Reads the placement of `shop_id`.
    pub fn new(shop_id: impl Into<ShopId>) -> Self {
        Self { shop_id: shop_id.into() }
    }
}

rt::sent! {
    GetCouponPlacement, GetCouponPlacementBuilder, closed: true {
        /// The store.
        required copy shop_id: ShopId as "shop_id";
    }
}

/// A placed card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Placement {
    /// The store.
    pub shop_id: ShopId,
    /// Status.
    pub card_status: CardStatus,
    /// The card.
    pub card_id: CardId,
    /// What the guest sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_describe: Option<String>,
    /// Start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<UnixTime>,
    /// End.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<UnixTime>,
}

rt::received! {
    Placement {
        required shop_id: ShopId as "shop_id";
        required card_status: CardStatus as "card_status";
        required card_id: CardId as "card_id";
        optional card_describe: String as "card_describe";
        optional start_date: UnixTime as "start_date" or "start_time";
        optional end_date: UnixTime as "end_date" or "end_time";
    }
}

impl rt::Endpoint for GetCouponPlacement {
    type Reply = Option<Placement>;

    const OPERATION: &'static rt::Operation =
        &rt::Operation::new("getCouponPlacement", rt::Method::Post, "/bizwifi/couponput/get")
            .idempotent()
            .envelope("errcode", "errmsg", rt::Payload::Property("data"))
            .return_codes(RETURN_CODES);
}

/// What kind of token is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum GrantType {
    /// The account's own.
    #[default]
    ClientCredential,
}

rt::text_enum!(closed GrantType {
    "client_credential" = ClientCredential;
});

/// Fetches the stable access token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GetStableAccessToken {
    grant_type: GrantType,
    appid: String,
    #[serde(serialize_with = "rt::expose")]
    secret: Secret,
    #[serde(skip_serializing_if = "Option::is_none")]
    force_refresh: Option<bool>,
}

rt::sent! {
    GetStableAccessToken, GetStableAccessTokenBuilder, closed: true {
        /// Always `client_credential`.
        fixed copy grant_type: GrantType as "grant_type";
        /// The account.
        required str appid: String as "appid";
        /// Its secret.
        required borrow secret: Secret as "secret";
        /// Whether to replace a token that still lives.
        optional copy force_refresh: bool as "force_refresh";
    }
}

/// An access token.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AccessToken {
    /// The token.
    #[serde(serialize_with = "rt::expose")]
    pub access_token: Secret,
    /// Seconds.
    pub expires_in: i64,
}

rt::received! {
    AccessToken {
        required access_token: Secret as "access_token";
        required expires_in: i64 as "expires_in";
    }
}

impl rt::Endpoint for GetStableAccessToken {
    type Reply = AccessToken;

    const OPERATION: &'static rt::Operation =
        &rt::Operation::new("getStableAccessToken", rt::Method::Post, "/cgi-bin/stable_token")
            .idempotent()
            .without_token()
            .envelope("errcode", "errmsg", rt::Payload::Root)
            .return_codes(RETURN_CODES);
}

/// Fetches an access token that replaces the one before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GetAccessToken {
    grant_type: GrantType,
    appid: String,
    #[serde(serialize_with = "rt::expose")]
    secret: Secret,
}

rt::sent! {
    GetAccessToken, GetAccessTokenBuilder, closed: true {
        /// Always `client_credential`.
        fixed copy grant_type: GrantType as "grant_type";
        /// The account.
        required str appid: String as "appid";
        /// Its secret.
        required borrow secret: Secret as "secret";
    }
}

impl rt::Endpoint for GetAccessToken {
    type Reply = AccessToken;

    const OPERATION: &'static rt::Operation =
        &rt::Operation::new("getAccessToken", rt::Method::Get, "/cgi-bin/token")
            .idempotent()
            .without_token()
            .envelope("errcode", "errmsg", rt::Payload::Root)
            .return_codes(RETURN_CODES);
}

/// The return codes that the API documents.
pub const RETURN_CODES: &[rt::CodeEntry] = &[
    rt::CodeEntry { code: -1, class: rt::CodeClass::Busy, meaning: "busy" },
    rt::CodeEntry { code: 40001, class: rt::CodeClass::Token, meaning: "token refused" },
    rt::CodeEntry { code: 40014, class: rt::CodeClass::Token, meaning: "not a token" },
    rt::CodeEntry { code: 42001, class: rt::CodeClass::Token, meaning: "token expired" },
    rt::CodeEntry { code: 9008001, class: rt::CodeClass::NotFound, meaning: "no such card" },
];

impl ReturnCode {
    /// No such card.
    pub const NO_SUCH_CARD: Self = Self::new(9_008_001);
}

impl Client {
    /// Places a card in a store's Wi-Fi connect flow.
    pub async fn set_coupon_placement(&self, request: &SetCouponPlacement) -> Result<(), Error> {
        self.send(request).await
    }

    /// Reads the card that is placed in a store's Wi-Fi connect flow.
    pub async fn get_coupon_placement(
        &self,
        request: &GetCouponPlacement,
    ) -> Result<Option<Placement>, Error> {
        self.send(request).await
    }
}

//! What the account has: its stores and the cards that a campaign places. Read before anything is
//! written.

use std::collections::HashMap;
use std::io;

use wechat_bizwifi::{
    CardBaseInfo, CardReviewStatus, Client, Error, ErrorKind, GetCard, ReturnCode,
    SetCouponPlacement, UnixTime,
};

use super::bounded_map::BoundedMap;
use super::rate::Pace;
use super::stop::ends_run;
use crate::language::{self, say};
use crate::output::time;

/// A card, as the checks need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardFacts {
    status: CardReviewStatus,
    pub(crate) left: Option<i64>,
    ends: Option<i64>,
    /// The stores that take it, by `poi_id`; all of them where it is `None`.
    locations: Option<Vec<i64>>,
}

/// An account's stores, each with its id in the card endpoints, if it has one.
#[derive(Debug, Default)]
pub(crate) struct Shops(BoundedMap);

impl Shops {
    fn insert(&mut self, shop: i64, poi: Option<i64>) -> io::Result<()> {
        let value = [1 + u64::from(poi.is_some()), poi.unwrap_or_default().cast_unsigned()];
        self.0.insert(shop.cast_unsigned(), value).map(drop)
    }

    fn get(&self, shop: i64) -> io::Result<Option<Option<i64>>> {
        let value = self.0.get(shop.cast_unsigned())?;
        Ok(value.map(|[kind, poi]| (kind == 2).then(|| poi.cast_signed())))
    }

    /// Their ids, in order.
    fn ids(&self) -> io::Result<Vec<i64>> {
        let mut ids = Vec::new();
        self.0.each(|shop, _| {
            ids.push(shop.cast_signed());
            Ok(())
        })?;
        ids.sort_unstable();
        Ok(ids)
    }
}

/// What is known of an account.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Its stores; `None` where they could not be read.
    pub(crate) shops: Option<Shops>,
    /// How many stores it says that it has.
    pub(crate) total: Option<u64>,
    /// The cards that were asked for; one that could not be read is not in it.
    pub(crate) cards: HashMap<String, Result<CardFacts, String>>,
}

impl Account {
    /// Reads all pages of the account's stores.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read, or kept.
    pub(crate) async fn read_shops(
        &mut self,
        client: &Client,
        pace: &Pace,
    ) -> Result<(), ReadError> {
        let (mut shops, mut pages) = (Shops::default(), client.shops());
        loop {
            pace.wait().await;
            let Some(page) = pages.next_page().await else { break };
            for shop in page? {
                let poi_id = shop.poi_id.and_then(|poi| poi.as_str().parse().ok());
                shops.insert(shop.shop_id.get(), poi_id)?;
            }
        }
        self.total = pages.total();
        self.shops = Some(shops);
        Ok(())
    }

    /// How many stores it says that it has, where that is more than were listed: pages that shift
    /// or come again hide some.
    pub(crate) fn missing(&self) -> Option<(u64, u64)> {
        let (total, listed) = (self.total?, self.shops.as_ref()?.0.len());
        (listed < total).then_some((total, listed))
    }

    /// The ids of its stores, in order.
    ///
    /// # Errors
    ///
    /// When what is known of them can no longer be read.
    pub(crate) fn shop_ids(&self) -> io::Result<Vec<i64>> {
        self.shops.as_ref().map_or(Ok(Vec::new()), Shops::ids)
    }

    /// Reads a card.
    ///
    /// # Errors
    ///
    /// When it cannot be read for a reason that is not the card's.
    pub(crate) async fn read_card(
        &mut self,
        client: &Client,
        pace: &Pace,
        card_id: &str,
    ) -> Result<(), Error> {
        let facts = patiently(pace, || read_card(client, card_id)).await?;
        let facts = facts
            .ok_or_else(|| say!("the account has no card {card_id}", "账号没有卡券 {card_id}"));
        self.cards.insert(card_id.to_owned(), facts);
        Ok(())
    }

    /// What speaks against a placement, as far as the account is known.
    ///
    /// # Errors
    ///
    /// The reason.
    pub(crate) fn check(&self, request: &SetCouponPlacement, now: i64) -> Result<(), String> {
        let shop_id = request.shop_id().get();
        let shop = match &self.shops {
            None => None,
            Some(shops) => {
                shops.get(shop_id).map_err(|error| language::of_system(&error))?.ok_or_else(
                    || say!("the account has no store {shop_id}", "账号没有门店 {shop_id}"),
                )?
            }
        };
        let (start, end) = (request.start_time().seconds(), request.end_time().seconds());
        if end <= start {
            return Err(say!("it would end before it begins", "结束时间不晚于开始时间"));
        }
        if end <= now {
            return Err(say!("the placement would have ended already", "投放时间已经结束"));
        }
        match self.cards.get(request.card_id().as_str()) {
            None => Ok(()),
            Some(Err(reason)) => Err(reason.clone()),
            Some(Ok(card)) => card.check(request, shop),
        }
    }
}

/// Why the stores could not be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The call failed.
    Call(Error),
    /// There is no room for what was read.
    Room(io::Error),
}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Room(error)
    }
}

/// Makes a call at the pace of the run, and again if a quota is used up that is soon renewed.
///
/// # Errors
///
/// When it fails otherwise, or still does.
pub(super) async fn patiently<T, F>(pace: &Pace, call: impl Fn() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    for _ in 0..3 {
        pace.wait().await;
        match call().await {
            Err(error)
                if error.kind() == ErrorKind::Throttled
                    && error.is_retryable()
                    && !ends_run(&error) =>
            {
                pace.pause_after(&error);
            }
            done => return done,
        }
    }
    pace.wait().await;
    call().await
}

/// A card, as the checks need it; nothing if there is no such card.
///
/// # Errors
///
/// When it cannot be read for a reason that is not the card's.
pub(crate) async fn read_card(client: &Client, card_id: &str) -> Result<Option<CardFacts>, Error> {
    // An id that breaks a rule is no card's.
    let Ok(request) = GetCard::new(card_id) else { return Ok(None) };
    match client.get_card(&request).await {
        Ok(card) => Ok(card.and_then(|card| base_info(&card)).map(|base| facts(&base))),
        Err(error) if is_unknown_card(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

impl CardFacts {
    /// Whether it can be placed somewhere.
    pub(crate) fn is_usable(&self, now: i64) -> bool {
        self.unusable().is_none() && self.ends.is_none_or(|ends| ends > now)
    }

    /// What speaks against placing it anywhere, its end apart.
    fn unusable(&self) -> Option<String> {
        let status = self.status.to_string();
        if !matches!(self.status, CardReviewStatus::Verified | CardReviewStatus::Dispatched) {
            return Some(say!(
                "the card's status is {status}: it cannot be placed",
                "卡券状态为 {status}，不能投放"
            ));
        }
        (self.left == Some(0)).then(|| say!("the card has none left", "卡券库存为 0"))
    }

    fn check(&self, request: &SetCouponPlacement, poi: Option<i64>) -> Result<(), String> {
        if let Some(reason) = self.unusable() {
            return Err(reason);
        }
        let wanted = request.card_quantity();
        if let Some(left) = self.left.filter(|left| *left < wanted) {
            return Err(say!(
                "the card has {left} left, the row asks for {wanted}",
                "卡券库存剩余 {left}，该行需要 {wanted}"
            ));
        }
        if let Some(ends) = self.ends.filter(|ends| *ends < request.end_time().seconds()) {
            let ends = time(ends);
            return Err(say!(
                "the card ends at {ends}, before the placement does",
                "卡券有效期至 {ends}，早于投放结束时间"
            ));
        }
        match (&self.locations, poi) {
            (Some(locations), Some(poi)) if !locations.contains(&poi) => {
                Err(say!("the card is not taken in this store", "卡券不适用于该门店"))
            }
            _ => Ok(()),
        }
    }
}

fn is_unknown_card(error: &Error) -> bool {
    matches!(error.code(), Some(ReturnCode::INVALID_CARD_ID | ReturnCode::CARD_ID_MISSING))
}

/// The part that every kind of card has. A card has one kind.
fn base_info(card: &wechat_bizwifi::Card) -> Option<CardBaseInfo> {
    let kinds = [
        &card.groupon,
        &card.discount,
        &card.cash,
        &card.gift,
        &card.general_coupon,
        &card.member_card,
        &card.general_card,
        &card.scenic_ticket,
        &card.movie_ticket,
        &card.meeting_ticket,
        &card.boarding_pass,
        &card.bus_ticket,
        &card.lucky_money,
    ];
    kinds.into_iter().flatten().next().map(|details| details.base_info.clone())
}

fn facts(base: &CardBaseInfo) -> CardFacts {
    let everywhere = base.use_all_locations == Some(true);
    let locations = base.location_id_list.clone().filter(|list| !list.is_empty() && !everywhere);
    let dates = base.date_info.as_ref();
    CardFacts {
        status: base.status.clone(),
        left: base.sku.as_ref().and_then(|sku| sku.quantity),
        ends: dates.and_then(|dates| dates.end_timestamp).map(UnixTime::seconds),
        locations,
    }
}

#[cfg(test)]
mod tests;

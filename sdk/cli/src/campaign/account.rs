//! What the account has: its stores and the cards that a campaign places. Read before anything is
//! written.

use std::collections::HashMap;

use wechat_bizwifi::{
    CardBaseInfo, CardReviewStatus, Client, Error, GetCard, ListShops, SetCouponPlacement, UnixTime,
};

use super::rate::Pace;

/// How many stores a page holds at the most.
const PAGE: i64 = 20;

/// A store, as the checks need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShopFacts {
    /// Its name.
    pub(crate) name: String,
    /// Its id in the card endpoints.
    pub(crate) poi_id: Option<String>,
}

/// A card, as the checks need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardFacts {
    status: CardReviewStatus,
    left: Option<i64>,
    ends: Option<i64>,
    /// The stores that take it, by `poi_id`; all of them where it is `None`.
    locations: Option<Vec<i64>>,
}

/// What is known of an account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    /// Its stores; `None` where they could not be read.
    pub(crate) shops: Option<HashMap<i64, ShopFacts>>,
    /// The cards that were asked for; one that could not be read is not in it.
    pub(crate) cards: HashMap<String, Result<CardFacts, String>>,
    /// What could not be read, and why.
    pub(crate) notes: Vec<String>,
}

impl Account {
    /// Reads all pages of the account's stores.
    ///
    /// # Errors
    ///
    /// When the service refuses the credentials, or a page comes again.
    pub(crate) async fn read_shops(&mut self, client: &Client, pace: &Pace) -> Result<(), Error> {
        let mut shops = HashMap::new();
        for page in 1.. {
            pace.wait().await;
            let request = ListShops::builder().pageindex(page).pagesize(PAGE).build()?;
            let Some(reply) = client.list_shops(&request).await? else { break };
            let records = reply.records.unwrap_or_default();
            let before = shops.len();
            shops.extend(records.iter().map(|shop| {
                let poi_id = shop.poi_id.as_ref().map(|poi| poi.as_str().to_owned());
                let name = shop.shop_name.clone().unwrap_or_default();
                (shop.shop_id.get(), ShopFacts { name, poi_id })
            }));
            let is_last = reply.pagecount.is_none_or(|count| page >= count);
            if records.is_empty() || is_last || shops.len() == before {
                break;
            }
        }
        self.shops = Some(shops);
        Ok(())
    }

    /// The ids of its stores, in order.
    pub(crate) fn shop_ids(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.shops.iter().flatten().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }

    /// Reads a card, unless it is known.
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
        if self.cards.contains_key(card_id) {
            return Ok(());
        }
        pace.wait().await;
        let facts = match client.get_card(&GetCard::new(card_id)?).await {
            Ok(card) => card.and_then(|card| base_info(&card)).map(|base| facts(&base)),
            Err(error) if is_unknown_card(&error) => None,
            Err(error) => return Err(error),
        };
        let facts = facts.ok_or_else(|| format!("the account has no card {card_id}"));
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
            Some(shops) => Some(
                shops.get(&shop_id).ok_or_else(|| format!("the account has no store {shop_id}"))?,
            ),
        };
        if request.end_time().seconds() <= now {
            return Err("the placement would have ended already".to_owned());
        }
        match self.cards.get(request.card_id().as_str()) {
            None => Ok(()),
            Some(Err(reason)) => Err(reason.clone()),
            Some(Ok(card)) => card.check(request, shop),
        }
    }
}

impl CardFacts {
    fn check(&self, request: &SetCouponPlacement, shop: Option<&ShopFacts>) -> Result<(), String> {
        if !matches!(self.status, CardReviewStatus::Verified | CardReviewStatus::Dispatched) {
            return Err(format!("the card's status is {:?}: it cannot be placed", self.status));
        }
        let wanted = request.card_quantity();
        if let Some(left) = self.left.filter(|left| *left < wanted) {
            return Err(format!("the card has {left} left, the row asks for {wanted}"));
        }
        if let Some(ends) = self.ends.filter(|ends| *ends < request.end_time().seconds()) {
            let ends = jiff::Timestamp::from_second(ends).unwrap_or_default();
            return Err(format!("the card ends at {ends}, before the placement does"));
        }
        let poi = shop.and_then(|shop| shop.poi_id.as_ref()).and_then(|poi| poi.parse().ok());
        match (&self.locations, poi) {
            (Some(locations), Some(poi)) if !locations.contains(&poi) => {
                Err("the card is not taken in this store".to_owned())
            }
            _ => Ok(()),
        }
    }
}

fn is_unknown_card(error: &Error) -> bool {
    error.code().is_some_and(|code| matches!(code.value(), 40073 | 41012))
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
mod tests {
    use super::*;

    const END: i64 = 1_457_712_000;

    fn request(shop: i64) -> SetCouponPlacement {
        SetCouponPlacement::builder()
            .shop_id(shop)
            .card_id("p1")
            .card_describe("x")
            .start_time(1_457_280_000)
            .end_time(END)
            .card_quantity(10)
            .build()
            .unwrap()
    }

    fn card() -> CardFacts {
        let status = CardReviewStatus::Verified;
        CardFacts { status, left: Some(10), ends: Some(END), locations: Some(vec![285_633_617]) }
    }

    fn check(card: CardFacts) -> Result<(), String> {
        let shop = ShopFacts { name: "南山店".to_owned(), poi_id: Some("285633617".to_owned()) };
        let shops = Some(HashMap::from([(429_620, shop)]));
        let cards = HashMap::from([("p1".to_owned(), Ok(card))]);
        Account { shops, cards, notes: Vec::new() }.check(&request(429_620), 1_457_280_000)
    }

    #[test]
    fn a_card_that_fits_speaks_against_nothing() {
        assert_eq!(check(card()), Ok(()));
        assert_eq!(check(CardFacts { locations: None, ends: None, left: None, ..card() }), Ok(()));
    }

    #[test]
    fn each_thing_that_the_account_knows_is_checked() {
        let refused = |card| check(card).unwrap_err();
        let status = CardReviewStatus::Deleted;
        assert!(
            refused(CardFacts { status, ..card() }).starts_with("the card's status is Deleted")
        );
        assert_eq!(
            refused(CardFacts { left: Some(9), ..card() }),
            "the card has 9 left, the row asks for 10"
        );
        assert_eq!(
            refused(CardFacts { ends: Some(END - 1), ..card() }),
            "the card ends at 2016-03-11T15:59:59Z, before the placement does"
        );
        assert_eq!(
            refused(CardFacts { locations: Some(vec![1]), ..card() }),
            "the card is not taken in this store"
        );
        let account = Account { shops: Some(HashMap::new()), ..Account::default() };
        assert_eq!(account.check(&request(1), 0), Err("the account has no store 1".to_owned()));
        let ended = Account::default().check(&request(1), END);
        assert_eq!(ended, Err("the placement would have ended already".to_owned()));
    }
}

use std::cell::Cell;

use wechat_bizwifi::testing::TestServer;

use super::*;
use crate::failing;

const END: i64 = 1_457_712_000;

fn request(shop: i64) -> SetCouponPlacement {
    placement(shop, END)
}

fn request_until(end: i64) -> SetCouponPlacement {
    placement(429_620, end)
}

fn placement(shop: i64, end: i64) -> SetCouponPlacement {
    SetCouponPlacement::builder()
        .shop_id(shop)
        .card_id("p1")
        .card_describe("x")
        .start_time(1_457_280_000)
        .end_time(end)
        .card_quantity(10)
        .build()
        .unwrap()
}

fn card() -> CardFacts {
    let status = CardReviewStatus::Verified;
    CardFacts { status, left: Some(10), ends: Some(END), locations: Some(vec![285_633_617]) }
}

fn check(card: CardFacts) -> Result<(), String> {
    let mut shops = Shops::default();
    shops.insert(429_620, Some(285_633_617)).unwrap();
    let shops = Some(shops);
    let cards = HashMap::from([("p1".to_owned(), Ok(card))]);
    Account { shops, cards, total: None }.check(&request(429_620), 1_457_280_000)
}

/// What is known of a card of which the service says this besides.
fn facts_of(more: &str) -> CardFacts {
    let base = r#"{"id":"p1","title":"t","status":"CARD_STATUS_VERIFY_OK","#;
    facts(&serde_json::from_str(&format!("{base}{more}}}")).unwrap())
}

#[test]
fn the_stores_of_a_card_count_where_it_lists_some_and_is_not_taken_everywhere() {
    for (more, locations) in [
        (r#""location_id_list":[7,8]"#, Some(vec![7, 8])),
        (r#""location_id_list":[7,8],"use_all_locations":false"#, Some(vec![7, 8])),
        (r#""location_id_list":[7,8],"use_all_locations":true"#, None),
        (r#""location_id_list":[]"#, None),
        (r#""use_all_locations":false"#, None),
    ] {
        assert_eq!(facts_of(more).locations, locations, "{more}");
    }
    let facts = facts_of(
        r#""sku":{"quantity":10},"date_info":{"type":"DATE_TYPE_FIX_TIME_RANGE","end_timestamp":1457712000}"#,
    );
    assert_eq!((facts.left, facts.ends), (Some(10), Some(END)));
    assert_eq!(facts.status, CardReviewStatus::Verified);
}

#[test]
fn what_a_card_is_stands_under_the_name_of_its_kind() {
    let kinds = "groupon discount cash gift general_coupon member_card general_card \
                 scenic_ticket movie_ticket meeting_ticket boarding_pass bus_ticket lucky_money";
    let base = r#"{"id":"p1","title":"t","status":"CARD_STATUS_VERIFY_OK"}"#;
    for kind in kinds.split(' ') {
        let card = format!(r#"{{"card_type":"CASH","{kind}":{{"base_info":{base}}}}}"#);
        let card: wechat_bizwifi::Card = serde_json::from_str(&card).unwrap();
        assert_eq!(
            base_info(&card).map(|base| base.id.to_string()).as_deref(),
            Some("p1"),
            "{kind}"
        );
    }
    let card: wechat_bizwifi::Card = serde_json::from_str(r#"{"card_type":"CASH"}"#).unwrap();
    assert!(base_info(&card).is_none());
}

#[tokio::test]
async fn a_call_is_made_again_where_the_quota_of_a_minute_is_used_up_and_nowhere_else() {
    let mut again = Vec::new();
    for _ in 0..4 {
        again.push(failing::refused(45011).await);
    }
    let once = [failing::refused(45009).await, failing::refused(-1).await];
    tokio::time::pause();
    let pace = Pace::per_minute(60_000);
    for (errors, calls, minutes) in
        [(again, 4, 3), (vec![once[0].clone()], 1, 0), (vec![once[1].clone()], 1, 0)]
    {
        let (start, made) = (tokio::time::Instant::now(), Cell::new(0));
        let call = || {
            let error = errors[made.replace(made.get() + 1)].clone();
            async { Err::<(), Error>(error) }
        };
        let error = patiently(&pace, call).await.unwrap_err();
        assert_eq!((made.get(), start.elapsed().as_secs() / 60), (calls, minutes), "{error}");
    }
}

#[tokio::test]
async fn the_pages_of_the_stores_are_read_at_the_pace_of_all_calls() {
    let server = TestServer::start().await.unwrap();
    (1..=41).for_each(|shop| server.add_shop(shop));
    let client = server.client_builder().build().unwrap();
    let (pace, start) = (Pace::per_minute(600), std::time::Instant::now());
    let mut account = Account::default();
    account.read_shops(&client, &pace).await.unwrap();
    assert!(start.elapsed().as_millis() >= 200, "three pages: {:?}", start.elapsed());
    assert_eq!(account.shop_ids().unwrap(), (1..=41).collect::<Vec<i64>>());
    assert_eq!((account.total, account.missing()), (Some(41), None));
}

#[test]
fn a_card_is_usable_until_it_ends_while_some_are_left() {
    assert!(card().is_usable(END - 1) && !card().is_usable(END));
    assert!(CardFacts { ends: None, left: None, ..card() }.is_usable(END));
    assert!(CardFacts { left: Some(1), ..card() }.is_usable(0));
    assert!(!CardFacts { left: Some(0), ..card() }.is_usable(0));
    for (status, is_usable) in [
        (CardReviewStatus::Dispatched, true),
        (CardReviewStatus::Verified, true),
        (CardReviewStatus::Deleted, false),
    ] {
        assert_eq!(CardFacts { status, ..card() }.is_usable(0), is_usable);
    }
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
        refused(CardFacts { status, ..card() })
            .starts_with("the card's status is CARD_STATUS_DELETE")
    );
    assert_eq!(
        refused(CardFacts { left: Some(9), ..card() }),
        "the card has 9 left, the row asks for 10"
    );
    assert_eq!(
        refused(CardFacts { ends: Some(END - 1), ..card() }),
        "the card ends at 2016-03-11T23:59:59+08:00, before the placement does"
    );
    assert_eq!(
        refused(CardFacts { locations: Some(vec![1]), ..card() }),
        "the card is not taken in this store"
    );
    let account = Account { shops: Some(Shops::default()), ..Account::default() };
    assert_eq!(account.check(&request(1), 0), Err("the account has no store 1".to_owned()));
    let turned = Account::default().check(&request_until(1_457_280_000), 0);
    assert_eq!(turned, Err("it would end before it begins".to_owned()));
    let ended = Account::default().check(&request(1), END);
    assert_eq!(ended, Err("the placement would have ended already".to_owned()));
}

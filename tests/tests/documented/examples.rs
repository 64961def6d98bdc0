//! Every documented example: from text to type and back to the same text, over a socket, and as the
//! page prints it. A module for each operation; the coverage test asks for it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "only tests")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use wechat_bizwifi::{
    AccessToken, CardIdPage, CardReviewStatus, CardStatus, CardType, CardValidity, Client,
    Credentials, DailyStatistics, Error, GetAccessToken, GetCard, GetCouponPlacement, GetShop,
    GetStableAccessToken, ListCards, ListShops, ListStatistics, Placement, ProtocolType,
    SetCouponPlacement, ShopId, ShopPage, UnixTime, UnixTimeMillis, reveal_secrets,
};
use wechat_bizwifi_tests::{
    CannedServer, Example, Printed, Received, compact, description, descriptions,
};

mod set_coupon_placement {
    use super::*;

    const OPERATION: &str = "setCouponPlacement";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<SetCouponPlacement>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        for example in description(OPERATION).examples {
            let server = CannedServer::start("/bizwifi/couponput/set", example.response.get());
            client(&server).set_coupon_placement(&request(&example)).await.unwrap();
            let target = "POST /bizwifi/couponput/set?access_token=TOKEN";
            assert_one_call(&server, target, &compact(example.request.get()));
        }
    }

    #[test]
    fn its_properties_are_written_in_the_documented_order_however_it_was_built() {
        let request = SetCouponPlacement::builder()
            .card_quantity(10)
            .end_time(1_457_712_000)
            .start_time(1_457_280_000)
            .card_describe("10元代金券")
            .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
            .shop_id(429_620)
            .build()
            .unwrap();
        assert_eq!(
            serde_json::to_string(&request).unwrap(),
            compact(documented(OPERATION).request.get())
        );
    }

    /// What is wrong with a placement from one second to another: the places, and all of it in words.
    fn refused(start: i64, end: i64) -> (Vec<String>, String) {
        let placement = SetCouponPlacement::builder()
            .shop_id(429_620)
            .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
            .card_describe("10元代金券")
            .start_time(start)
            .end_time(end)
            .card_quantity(10);
        let Err(invalid) = placement.build() else { return (Vec::new(), String::new()) };
        let places = invalid.violations().iter().map(|found| found.pointer.clone()).collect();
        (places, invalid.to_string())
    }

    #[test]
    fn a_placement_that_ends_before_it_begins_is_refused_before_it_is_sent() {
        assert_eq!(refused(1_457_280_000, 1_457_280_000).0, [""; 0]);
        let (places, message) = refused(1_457_712_000, 1_457_280_000);
        assert_eq!(places, [""]);
        assert!(message.contains("must have `start_time` <= `end_time`"), "{message}");
        // Nor is it read as a request.
        let json = documented(OPERATION).request.get().replace("1457712000", "1457279999");
        let error = serde_json::from_str::<SetCouponPlacement>(&json).unwrap_err().to_string();
        assert!(error.contains("must have `start_time` <= `end_time`"), "{error}");
    }

    #[test]
    fn an_order_that_is_not_kept_is_said_along_with_what_was_refused() {
        let placement = SetCouponPlacement::builder()
            .shop_id(429_620)
            .card_id("")
            .card_describe("1234567890123456789")
            .start_time(1_457_712_000)
            .end_time(1_457_280_000)
            .card_quantity(10);
        let invalid = placement.build().unwrap_err();
        let places: Vec<&str> =
            invalid.violations().iter().map(|found| found.pointer.as_str()).collect();
        assert_eq!(places, ["/card_id", "/card_describe", ""], "{invalid}");
    }

    #[test]
    fn milliseconds_are_refused_where_seconds_are_meant() {
        let (places, message) = refused(1_457_280_000_000, 1_457_712_000_000);
        assert_eq!(places, ["/start_time", "/end_time"]);
        let hint = "must be at most 9999999999, is 1457280000000; it is in seconds, and this looks \
                    like milliseconds";
        assert!(message.contains(hint), "{message}");
        // Nor are they read as a request.
        let json = documented(OPERATION).request.get().replace("000,", "000000,");
        let error = serde_json::from_str::<SetCouponPlacement>(&json).unwrap_err().to_string();
        assert!(error.contains(hint), "{error}");
        // What is no time in milliseconds either gets no such hint.
        let (_, message) = refused(0, i64::MAX);
        assert!(!message.contains("milliseconds"), "{message}");
        assert_eq!(refused(9_999_999_999, 9_999_999_999).0, [""; 0]);
    }
}

mod get_coupon_placement {
    use super::*;

    const OPERATION: &str = "getCouponPlacement";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<GetCouponPlacement>(OPERATION);
    }

    #[test]
    fn its_replies_round_trip() {
        payloads_round_trip::<Placement>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        for example in description(OPERATION).examples {
            let server = CannedServer::start("/bizwifi/couponput/get", example.response.get());
            let reply = client(&server).get_coupon_placement(&request(&example)).await.unwrap();
            assert!(reply.is_some());
            let target = "POST /bizwifi/couponput/get?access_token=TOKEN";
            assert_one_call(&server, target, &compact(example.request.get()));
        }
    }

    #[tokio::test]
    async fn the_documented_reply_means_what_it_says() {
        let placed = read(documented(OPERATION).response.get()).await.unwrap().unwrap();
        assert_eq!(placed.shop_id.get(), 429_620);
        assert_eq!(placed.card_status, CardStatus::NotYetInEffect);
        assert_eq!(placed.card_id.as_str(), "pBnTrjqf95sZLOxN5gf_EkHwyxiw");
        assert_eq!(placed.card_describe.as_deref(), Some("10元代金券"));
        assert_eq!(placed.start_date, Some(1_457_712_000.into()));
        assert_eq!(placed.end_date, placed.start_date);
    }

    #[tokio::test]
    async fn a_reply_may_spell_the_dates_as_the_field_table_does() {
        let placed = placed(r#""start_time": 11, "end_time": 12"#).await;
        assert_eq!(placed.start_date, Some(11.into()));
        assert_eq!(placed.end_date, Some(12.into()));
    }

    #[tokio::test]
    async fn of_two_spellings_the_examples_own_wins_whichever_comes_first() {
        for dates in [
            r#""start_date": 11, "end_date": 12, "start_time": 21, "end_time": 22"#,
            r#""start_time": 21, "end_time": 22, "start_date": 11, "end_date": 12"#,
            r#""end_time": 22, "start_date": 11, "end_date": 12, "start_time": 21"#,
        ] {
            let placed = placed(dates).await;
            assert_eq!(placed.start_date, Some(11.into()), "{dates}");
            assert_eq!(placed.end_date, Some(12.into()), "{dates}");
        }
    }

    #[tokio::test]
    async fn of_two_spellings_a_null_one_says_nothing() {
        for dates in
            [r#""start_date": null, "start_time": 21"#, r#""start_time": 21, "start_date": null"#]
        {
            assert_eq!(placed(dates).await.start_date, Some(21.into()), "{dates}");
        }
    }

    #[tokio::test]
    async fn a_reply_may_leave_out_what_a_reader_can_do_without() {
        let placed = placed("").await;
        assert_eq!(placed.card_describe, None);
        assert_eq!(placed.start_date, None);
        assert_eq!(placed.end_date, None);
    }

    #[tokio::test]
    async fn numbers_may_come_as_strings() {
        let reply = r#"{ "errcode": "0", "data": { "shop_id": "-1", "card_status": "2",
            "card_id": "c", "start_date": "1457712000", "end_date": "1457712000" } }"#;
        let placed = read(reply).await.unwrap().unwrap();
        assert_eq!(placed.shop_id.get(), -1);
        assert_eq!(placed.card_status, CardStatus::Expired);
        assert_eq!(placed.start_date, Some(1_457_712_000.into()));
    }

    #[tokio::test]
    async fn an_unknown_status_is_kept_and_written_back() {
        for status in ["7", "-7", r#""7""#] {
            let reply =
                format!(r#"{{"data": {{"shop_id": 1, "card_status": {status}, "card_id": "c"}}}}"#);
            let placed = read(&reply).await.unwrap().unwrap();
            let number = status.trim_matches('"');
            assert_eq!(placed.card_status, CardStatus::Unknown(number.parse().unwrap()));
            assert_eq!(
                serde_json::to_string(&placed).unwrap(),
                format!(r#"{{"shop_id":1,"card_status":{number},"card_id":"c"}}"#)
            );
        }
    }

    #[tokio::test]
    async fn unknown_fields_are_passed_over() {
        let reply = r#"{ "errcode": 0, "errmsg": "ok", "new": [{}], "data": { "new": {"shop_id": 2},
            "shop_id": 1, "card_status": 0, "card_id": "c", "newer": null } }"#;
        assert_eq!(read(reply).await.unwrap().unwrap().shop_id.get(), 1);
    }

    #[tokio::test]
    async fn whatever_stands_for_no_data_means_that_nothing_is_placed() {
        for reply in [
            r#"{ "errcode": 0 }"#,
            "{}",
            r#"{ "data": {} }"#,
            r#"{ "errcode": 0, "data": null }"#,
            r#"{ "errcode": 0, "data": {} }"#,
            r#"{ "errcode": 0, "data": [] }"#,
            r#"{ "data": [], "errmsg": "ok", "errcode": "0" }"#,
        ] {
            assert_eq!(read(reply).await.unwrap(), None, "{reply}");
        }
        let foreign = read(r#"{ "status": "sign in" }"#).await;
        assert!(foreign.is_err(), "somebody else's JSON says nothing of placements");
    }

    #[tokio::test]
    async fn what_is_neither_a_placement_nor_nothing_is_an_error() {
        for data in ["1", "\"\"", "true", "[{}]", r#"{ "shop_id": 1 }"#, r#"{ "shop_id": "one" }"#]
        {
            let reply = format!(r#"{{ "errcode": 0, "data": {data} }}"#);
            assert!(read(&reply).await.is_err(), "{reply}");
        }
    }

    /// Reads a reply with a placement that has these properties beside the required ones.
    async fn placed(properties: &str) -> Placement {
        let comma = if properties.is_empty() { "" } else { "," };
        let reply = format!(
            r#"{{ "errcode": 0, "data": {{ "shop_id": 1, "card_status": 0, "card_id": "c"{comma}
                {properties} }} }}"#
        );
        read(&reply).await.unwrap().unwrap()
    }

    async fn read(reply: &str) -> Result<Option<Placement>, Error> {
        let server = CannedServer::start("/bizwifi/couponput/get", reply);
        client(&server).get_coupon_placement(&GetCouponPlacement::new(429_620)).await
    }
}

mod list_shops {
    use super::*;

    const OPERATION: &str = "listShops";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<ListShops>(OPERATION);
    }

    #[test]
    fn its_replies_round_trip() {
        payloads_round_trip::<ShopPage>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        let example = documented(OPERATION);
        let server = CannedServer::start("/bizwifi/shop/list", example.response.get());
        let page = client(&server).list_shops(&request(&example)).await.unwrap().unwrap();
        assert_eq!((page.totalcount, page.pageindex, page.pagecount), (Some(16), Some(1), Some(8)));
        let shops = page.records.unwrap();
        assert_eq!(shops[0].shop_id, ShopId::from(429_620));
        assert_eq!(shops[0].protocol_type, Some(ProtocolType::Password));
        assert_eq!(shops[1].poi_id.as_ref().unwrap().as_str(), "285623614");
        let target = "POST /bizwifi/shop/list?access_token=TOKEN";
        assert_one_call(&server, target, &compact(example.request.get()));
    }

    #[test]
    fn a_page_has_twenty_stores_at_the_most() {
        let refused = ListShops::builder().pagesize(21).build().unwrap_err();
        assert_eq!(refused.to_string(), "/pagesize must be at most 20, is 21");
    }
}

mod get_shop {
    use super::*;

    const OPERATION: &str = "getShop";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<GetShop>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        let example = documented(OPERATION);
        let server = CannedServer::start("/bizwifi/shop/get", example.response.get());
        let shop = client(&server).get_shop(&request(&example)).await.unwrap().unwrap();
        assert_eq!(shop.ssid.as_deref(), Some(" WX123"));
        assert_eq!(shop.password.as_ref().unwrap().expose(), "123456789");
        let networks = shop.ssid_password_list.as_ref().unwrap();
        assert_eq!(networks[1].password.as_ref().unwrap().expose(), "21332465dge");
        assert!(!format!("{shop:?}").contains("21332465dge"), "{shop:?}");
        let target = "POST /bizwifi/shop/get?access_token=TOKEN";
        assert_one_call(&server, target, &compact(example.request.get()));
    }
}

mod list_statistics {
    use super::*;

    const OPERATION: &str = "listStatistics";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<ListStatistics>(OPERATION);
    }

    #[test]
    fn its_replies_round_trip() {
        payloads_round_trip::<Vec<DailyStatistics>>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        let example = documented(OPERATION);
        let server = CannedServer::start("/bizwifi/statistics/list", example.response.get());
        let days = client(&server).list_statistics(&request(&example)).await.unwrap().unwrap();
        assert_eq!(days.len(), 2);
        assert_eq!(
            (days[0].shop_id.as_str(), days[0].statis_time),
            ("-1", UnixTimeMillis::from_millis(1_430_409_600_000))
        );
        assert_eq!(days[1].connect_msg_user, Some(3));
        let target = "POST /bizwifi/statistics/list?access_token=TOKEN";
        assert_one_call(&server, target, &compact(example.request.get()));
    }

    #[test]
    fn a_day_is_a_date_of_the_calendar() {
        let refused = ListStatistics::builder().begin_date("2015-02-30").end_date("2015-03-01");
        assert!(refused.build().unwrap_err().to_string().starts_with("/begin_date "));
    }
}

mod list_cards {
    use super::*;

    const OPERATION: &str = "listCards";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<ListCards>(OPERATION);
    }

    #[test]
    fn its_replies_read_as_pages_of_ids() {
        let page: CardIdPage = serde_json::from_str(documented(OPERATION).response.get()).unwrap();
        assert_eq!(page.card_id_list[0].as_str(), "ph_gmt7cUVrlRk8swPwx7aDyF-pg");
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        let example = documented(OPERATION);
        let server = CannedServer::start("/card/batchget", example.response.get());
        let page = client(&server).list_cards(&request(&example)).await.unwrap();
        assert_eq!((page.card_id_list.len(), page.total_num), (1, 1));
        let target = "POST /card/batchget?access_token=TOKEN";
        assert_one_call(&server, target, &compact(example.request.get()));
    }
}

mod get_card {
    use super::*;

    const OPERATION: &str = "getCard";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<GetCard>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        let example = documented(OPERATION);
        let server = CannedServer::start("/card/get", example.response.get());
        let card = client(&server).get_card(&request(&example)).await.unwrap().unwrap();
        assert_eq!(card.card_type, CardType::Discount);
        let base = card.discount.unwrap().base_info;
        assert_eq!((base.title.as_str(), base.status), ("9折优惠券", CardReviewStatus::Verified));
        assert_eq!(base.sku.unwrap().quantity, Some(100_096));
        assert_eq!(base.create_time, Some(UnixTime::from_seconds(1_457_525_546)));
        let target = "POST /card/get?access_token=TOKEN";
        assert_one_call(&server, target, &compact(example.request.get()));
    }

    /// Shapes that real replies have: a number for the kind of validity, a status that no page
    /// lists, a card of a kind that nobody knows.
    #[tokio::test]
    async fn what_real_replies_deviate_in_is_kept() {
        let reply = r#"{"errcode":0,"errmsg":"ok","card":{"card_type":"GENERAL_COUPON","general_coupon":
            {"base_info":{"id":"pEXAMPLE0000000000000000002B","title":"T","status":"CARD_STATUS_SYS_DELETE",
            "date_info":{"type":2,"fixed_term":30,"fixed_begin_term":0},"location_id_list":["468757507"]}}}}"#;
        let server = CannedServer::start("/card/get", reply);
        let card_id = GetCard::new("pEXAMPLE0000000000000000002B").unwrap();
        let card = client(&server).get_card(&card_id).await.unwrap().unwrap();
        let base = card.general_coupon.unwrap().base_info;
        assert_eq!(base.status, CardReviewStatus::Unknown("CARD_STATUS_SYS_DELETE".to_owned()));
        let validity = base.date_info.unwrap().type_;
        assert_eq!(validity, Some(CardValidity::Unknown("2".to_owned())));
        assert_eq!(base.location_id_list, Some(vec![468_757_507]));
    }
}

mod get_stable_access_token {
    use super::*;

    const OPERATION: &str = "getStableAccessToken";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<GetStableAccessToken>(OPERATION);
    }

    #[test]
    fn its_replies_round_trip() {
        payloads_round_trip::<AccessToken>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        for example in description(OPERATION).examples {
            let server = CannedServer::start("/cgi-bin/stable_token", example.response.get());
            let token =
                client(&server).send(&request::<GetStableAccessToken>(&example)).await.unwrap();
            assert_eq!(token.access_token.expose(), "ACCESS_TOKEN");
            let target = "POST /cgi-bin/stable_token";
            assert_one_call(&server, target, &compact(example.request.get()));
        }
    }
}

mod get_access_token {
    use super::*;

    const OPERATION: &str = "getAccessToken";

    #[test]
    fn its_requests_round_trip() {
        requests_round_trip::<GetAccessToken>(OPERATION);
    }

    #[test]
    fn its_replies_round_trip() {
        payloads_round_trip::<AccessToken>(OPERATION);
    }

    #[tokio::test]
    async fn its_examples_go_over_the_wire() {
        for example in description(OPERATION).examples {
            let server = CannedServer::start("/cgi-bin/token", example.response.get());
            let token = client(&server).send(&request::<GetAccessToken>(&example)).await.unwrap();
            assert_eq!(token.access_token.expose(), "ACCESS_TOKEN");
            let received = server.received();
            assert_eq!(received.len(), 1);
            let (target, query) = received[0].target.split_once('?').unwrap();
            let mut parameters: Vec<&str> = query.split('&').collect();
            parameters.sort_unstable(); // The order of a query says nothing.
            assert_eq!(target, "GET /cgi-bin/token");
            let expected = ["appid=APPID", "grant_type=client_credential", "secret=APPSECRET"];
            assert_eq!(parameters, expected);
            assert_eq!(received[0].body, "");
        }
    }
}

mod as_printed {
    use super::*;

    #[test]
    fn a_text_that_is_kept_as_printed_is_no_json_and_its_erratum_repairs_it() {
        let mut count = 0;
        for description in descriptions() {
            for printed in description.examples.iter().flat_map(Example::printed) {
                let place = format!("the printed {} of {}", printed.side, description.file);
                assert!(parse(printed.text).is_err(), "{place} is JSON");
                assert_eq!(compact(&repaired(&printed)), compact(printed.example), "{place}");
                count += 1;
            }
        }
        assert_eq!(count, 2, "only the request and the reply of couponput/set are printed wrongly");
    }

    #[test]
    fn the_printed_request_lacks_the_comma_after_its_first_property() {
        let example = documented("setCouponPlacement");
        assert_eq!(readable(example.printed()[0].text), r#"{ "shop_id":429620 "#);
    }

    #[test]
    fn the_printed_reply_has_a_comma_after_its_last_property() {
        let example = documented("setCouponPlacement");
        assert_eq!(readable(example.printed()[1].text), r#"{ "errcode": 0,"#);
    }

    /// As much of a text as can be read as JSON.
    fn readable(text: &str) -> &str {
        &text[..parse(text).unwrap_err().column() - 1]
    }

    fn parse(text: &str) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The text with its erratum applied.
    fn repaired(printed: &Printed) -> String {
        assert!(printed.erratum.starts_with("For `"), "{}", printed.erratum);
        let mut quoted = printed.erratum.split('`').skip(1).step_by(2);
        let (wrong, right) = (quoted.next().unwrap(), quoted.next().unwrap());
        assert_eq!(printed.text.matches(wrong).count(), 1, "{wrong} in {}", printed.text);
        printed.text.replace(wrong, right)
    }
}

/// Asserts that each example's request is its type's text, byte for byte.
fn requests_round_trip<T: Serialize + DeserializeOwned>(operation: &str) {
    for example in description(operation).examples {
        assert_round_trip::<T>(example.request.get());
    }
}

/// Asserts that the payload of each example's reply is its type's text, byte for byte.
fn payloads_round_trip<T: Serialize + DeserializeOwned>(operation: &str) {
    let description = description(operation);
    for example in &description.examples {
        assert_round_trip::<T>(description.payload(&example.response).expect("a payload"));
    }
}

fn assert_round_trip<T: Serialize + DeserializeOwned>(text: &str) {
    let value: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(serde_json::to_string(&reveal_secrets(&value)).unwrap(), compact(text));
}

/// The example's request.
fn request<T: DeserializeOwned>(example: &Example) -> T {
    serde_json::from_str(example.request.get()).unwrap()
}

/// Asserts that one call has arrived, and that it is this one, byte for byte.
fn assert_one_call(server: &CannedServer, target: &str, body: &str) {
    let expected = Received { target: target.to_owned(), body: body.to_owned() };
    assert_eq!(server.received(), [expected]);
}

/// The page's own example.
fn documented(operation: &str) -> Example {
    let mut examples = description(operation).examples.into_iter();
    examples.find(|example| example.name == "documented").expect("a documented example")
}

fn client(server: &CannedServer) -> Client {
    let credentials = Credentials::new("wx0123456789abcdef", "secret");
    Client::builder(credentials).base_url(server.base_url()).build().unwrap()
}

//! Places a coupon, reads it back, and shows a request being refused before it is sent:
//!
//! ```text
//! cargo run --example quickstart
//! ```
//!
//! It talks to an embedded server. With `WECHAT_APPID` and `WECHAT_SECRET` set it talks to the real
//! service, and then only reads. Guests would see a coupon that is placed there, so that takes
//! `WECHAT_SHOP_ID` and `WECHAT_CARD_ID` as well: a store and a card of yours.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

use std::env::{self, VarError};
use std::error::Error;
use std::process::ExitCode;

use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{
    CardId, CardStatus, Client, Credentials, ErrorKind, GetCouponPlacement, Placement,
    SetCouponPlacement, ShopId, UnixTime,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const DAY: i64 = 24 * 3600;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&*error);
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    println!("WeChat Wi-Fi coupons: quickstart");
    println!("================================\n");
    match (variable("WECHAT_APPID")?, variable("WECHAT_SECRET")?) {
        (Some(appid), Some(secret)) => real_service(Credentials::new(appid, secret)).await,
        (None, None) => embedded_server().await,
        _ => Err("set both WECHAT_APPID and WECHAT_SECRET, or neither".into()),
    }
}

/// The whole tour, on a server that starts with it and ends with it.
async fn embedded_server() -> Result<()> {
    let server = TestServer::start().await?;
    let client = Client::builder(server.credentials()).base_url(server.base_url()).build()?;
    // A day into the documented placement.
    let start = UnixTime::from_seconds(1_457_280_000);
    server.clock().stop_at(start.seconds() + DAY);

    println!("Talking to an embedded server at {},", server.base_url());
    println!("on which it is {}.", date(server.clock().now()));
    println!("With WECHAT_APPID and WECHAT_SECRET set, this talks to the real service instead.");

    let shop = ShopId::from(429_620);
    let card = CardId::try_from("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")?;
    place(&client, shop, card, start, UnixTime::from_seconds(1_457_712_000)).await?;
    read_back(&client, shop).await?;

    let before = server.call_count(Endpoint::ANY);
    break_three_rules(&client).await?;
    let arrived = server.call_count(Endpoint::ANY) - before;
    line("the server got", format!("{arrived} calls meanwhile"));

    heading("What the server saw");
    server.calls().iter().for_each(|call| println!("   {call}"));
    println!("\nThe token was fetched once, and is hidden wherever a call is shown.");
    Ok(())
}

/// What can be done to the real service without asking: to read.
async fn real_service(credentials: Credentials) -> Result<()> {
    println!("Talking to the REAL service, https://api.weixin.qq.com.");
    let client = Client::builder(credentials).build()?;

    let shop = variable("WECHAT_SHOP_ID")?.map(|id| id.parse::<i64>()).transpose();
    let shop = shop.map_err(|_| "WECHAT_SHOP_ID is not a whole number")?.map(ShopId::from);
    match (shop, variable("WECHAT_CARD_ID")?) {
        (Some(shop), Some(card)) => {
            let now = UnixTime::from(std::time::SystemTime::now());
            let end = UnixTime::from_seconds(now.seconds() + DAY);
            place(&client, shop, CardId::try_from(card)?, now, end).await?;
        }
        _ => {
            println!("Nothing is placed there unless WECHAT_SHOP_ID and WECHAT_CARD_ID say what.");
        }
    }
    read_back(&client, shop.unwrap_or(ShopId::ALL)).await?;
    break_three_rules(&client).await
}

async fn place(
    client: &Client,
    shop: ShopId,
    card: CardId,
    start: UnixTime,
    end: UnixTime,
) -> Result<()> {
    heading("Place a coupon");
    let placement = SetCouponPlacement::builder()
        .shop_id(shop)
        .card_id(card)
        .card_describe("10元代金券")
        .start_time(start)
        .end_time(end)
        .card_quantity(10)
        .build()?;
    line("store", store(placement.shop_id()));
    line("card", placement.card_id());
    line("guests read", placement.card_describe());
    line("from", date(placement.start_time()));
    line("until", date(placement.end_time()));
    line("quantity", placement.card_quantity());

    client.set_coupon_placement(&placement).await?;
    println!("   -> placed");
    Ok(())
}

async fn read_back(client: &Client, shop: ShopId) -> Result<()> {
    heading("Read what is placed");
    match client.get_coupon_placement(&GetCouponPlacement::new(shop)).await? {
        Some(placed) => print_placement(&placed),
        None => println!("   -> nothing, in {}", store(shop)),
    }
    Ok(())
}

fn print_placement(placed: &Placement) {
    line("store", store(placed.shop_id));
    line("card", &placed.card_id);
    line("guests read", placed.card_describe.as_deref().unwrap_or("(not said)"));
    line("from", placed.start_date.map_or_else(|| "(not said)".to_owned(), date));
    line("until", placed.end_date.map_or_else(|| "(not said)".to_owned(), date));
    let status = match placed.card_status {
        CardStatus::InEffect => "in effect".to_owned(),
        CardStatus::NotYetInEffect => "not yet in effect".to_owned(),
        CardStatus::Expired => "expired".to_owned(),
        other => format!("unknown ({})", other.get()),
    };
    println!("   -> {status}");
}

async fn break_three_rules(client: &Client) -> Result<()> {
    heading("Break three rules at once");
    match bad_idea(client).await {
        Err(error) if error.kind() == ErrorKind::Invalid => {
            for violation in error.violations() {
                line(&violation.pointer, &violation.message);
            }
            println!("   -> refused, and not sent: attempts made: {}", error.attempts());
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(()) => Err("a request that breaks three rules was sent".into()),
    }
}

async fn bad_idea(client: &Client) -> std::result::Result<(), wechat_bizwifi::Error> {
    let placement = SetCouponPlacement::builder()
        .shop_id(ShopId::ALL)
        .card_id("")
        .card_describe("A description that guests would never read to its end")
        .start_time(1_457_280_000)
        .end_time(1_457_712_000)
        .card_quantity(-1)
        .build()?;
    client.set_coupon_placement(&placement).await
}

fn heading(text: &str) {
    println!("\n{text}");
}

fn line(name: &str, value: impl std::fmt::Display) {
    println!("   {name:<14}  {value}");
}

fn store(shop: ShopId) -> String {
    if shop == ShopId::ALL { "every store".to_owned() } else { shop.to_string() }
}

fn report(error: &dyn Error) {
    eprintln!("\nThat did not work: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
}

/// An environment variable that is set and not empty.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        // Its own message would show the value, which may be the secret.
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not Unicode").into()),
    }
}

/// A time as people write it. A program would use jiff, chrono or time for this: `UnixTime`
/// converts into their types, behind the features of these names.
fn date(time: UnixTime) -> String {
    let (days, seconds) = (time.seconds().div_euclid(DAY), time.seconds().rem_euclid(DAY));
    // Days since 1 March of year 0, in eras of 400 years, which are all alike.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * month + 2) / 5 + 1, (month + 2) % 12 + 1);
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02} {:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_tour_comes_to_its_end() {
        embedded_server().await.unwrap();
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (-1, "1969-12-31 23:59 UTC"),
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(date(UnixTime::from_seconds(seconds)), expected);
        }
    }
}

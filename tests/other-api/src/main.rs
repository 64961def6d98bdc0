//! Announces two parcels to a carrier that it brings along, and tracks one.
#![expect(clippy::print_stdout, reason = "it is there to be looked at")]

use std::error::Error;

use other_api_example::{
    Address, AnnounceParcels, CarrierCalls, Country, Delivery, DoorDelivery, LockerDelivery,
    NewParcel, TrackParcel, TrackingNumber, carrier,
};
use wechat_bizwifi::token::Auth;
use wechat_bizwifi::{Client, Invalid};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder(Auth::fixed(carrier::TOKEN)).base_url(carrier::open()?).build()?;

    let numbers = client.announce_parcels(&announcement()?).await?.unwrap_or_default();
    let numbers: Vec<&str> = numbers.iter().map(TrackingNumber::as_str).collect();
    println!("The carrier will fetch {}.", numbers.join(" and "));

    let request = TrackParcel::builder().number("RC00000001").most_events(5_u32).build()?;
    if let Some(parcel) = client.track_parcel(&request).await? {
        println!("{} is {:?}. It was in", parcel.number, parcel.state);
        for event in parcel.events {
            println!("  {} at {}", event.place, event.at.seconds());
        }
    }

    let most = 500_u32;
    if let Err(invalid) = TrackParcel::builder().number("RC1").most_events(most).build() {
        println!("This is not even sent: {invalid}");
    }
    Ok(())
}

fn announcement() -> Result<AnnounceParcels, Invalid> {
    let door = DoorDelivery::builder().address(address("Ada", Country::France)?).build()?;
    let locker = LockerDelivery::builder().locker(17_u32).phone("+65 6123 4567").build()?;
    let parcels = vec![
        NewParcel::builder().weight(1_250_u32).delivery(Delivery::Door(door)).build()?,
        NewParcel::builder().weight(300_u32).delivery(Delivery::Locker(locker)).build()?,
    ];
    AnnounceParcels::builder().sender(address("Lin", Country::China)?).parcels(parcels).build()
}

fn address(name: &str, country: Country) -> Result<Address, Invalid> {
    Address::builder()
        .name(name)
        .street("1 Long Street")
        .postcode("100000")
        .country(country)
        .build()
}

//! Another API than WeChat's, generated and called by the same means: a parcel carrier, as an
//! example for APIs of yours.
//!
//! What there is to it: the descriptions in `schema/`, a `build.rs` of one line, this `include!`, and
//! the SDK's [`Client`](wechat_bizwifi::Client), which gets its calls from [`CarrierCalls`]. It shows
//! a `GET` whose request becomes the query, a nested reply, lists, and a tagged union.
//!
//! ```no_run
//! use other_api_example::{CarrierCalls, TrackParcel};
//! use wechat_bizwifi::token::Auth;
//! use wechat_bizwifi::{Client, Error};
//!
//! # async fn example() -> Result<(), Error> {
//! let client = Client::builder(Auth::fixed("TOKEN")).base_url("https://carrier.example").build()?;
//! let request = TrackParcel::builder().number("RC00000001").build()?;
//! if let Some(parcel) = client.track_parcel(&request).await? {
//!     println!("{:?}: {} events", parcel.state, parcel.events.len());
//! }
//! # Ok(())
//! # }
//! ```

include!(concat!(env!("OUT_DIR"), "/api.rs"));

pub mod carrier;

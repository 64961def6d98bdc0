//! What a row of the file asks for.
//!
//! ```text
//! 429620, pBnT…, 10元代金券, ..., 10    Place(SetCouponPlacement { .. })
//! 7921527, and nothing else           Leave
//! ```

use serde::Deserialize as _;
use serde_json::{Map, Value};
use wechat_bizwifi::{SetCouponPlacement, UnixTime};

use crate::language::{self, say};
use crate::output::time;

/// The property that names the store.
pub(super) const SHOP: &str = "shop_id";

/// What a row wants for its store.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wish {
    /// This placement.
    Place(SetCouponPlacement),
    /// Nothing: all its other cells are blank.
    Leave,
    /// Nobody knows: what is wrong with the row.
    Invalid(String),
}

impl Wish {
    /// The request, if it is valid by the description's rules.
    pub(super) fn of(request: Map<String, Value>) -> Self {
        let request = Value::Object(request);
        match SetCouponPlacement::deserialize(&request) {
            Ok(request) if request.shop_id().get() == 0 => Self::Invalid(say!(
                "shop_id: 0 stands for every store: write `all`, which is placed store by store",
                "shop_id：0 表示全部门店：请写 all，将逐店投放"
            )),
            Ok(request) => Self::Place(request),
            Err(error) => {
                Self::Invalid(broken_rules(&request).unwrap_or_else(|| error.to_string()))
            }
        }
    }
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Desired {
    /// The line on which the row begins.
    pub(crate) line: u64,
    /// Its number among the rows.
    pub(crate) record: u64,
    /// The store as the row names it.
    pub(crate) shop: String,
    /// What it wants.
    pub(crate) wish: Wish,
    /// The columns whose cells had spaces around them, which were taken off.
    pub(crate) trimmed: Vec<String>,
}

impl Desired {
    /// The placement that it asks for.
    pub(crate) fn request(&self) -> Option<&SetCouponPlacement> {
        match &self.wish {
            Wish::Place(request) => Some(request),
            Wish::Leave | Wish::Invalid(_) => None,
        }
    }

    /// The placement in a line: card, text, from when until when, how many.
    pub(crate) fn summary(&self) -> String {
        let Some(request) = self.request() else { return String::new() };
        let time = |moment: UnixTime| time(moment.seconds());
        let (card, text) = (request.card_id().as_str(), request.card_describe());
        let (start, end) = (time(request.start_time()), time(request.end_time()));
        format!("{card}, {text}, {start} -> {end}, {}", request.card_quantity())
    }
}

/// Which rules a request breaks, in the language of this process; reading one says so in English alone.
fn broken_rules(request: &Value) -> Option<String> {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let number = |name: &str| request[name].as_i64().unwrap_or_default();
    let built = SetCouponPlacement::builder()
        .shop_id(number(SHOP))
        .card_id(text("card_id"))
        .card_describe(text("card_describe"))
        .start_time(number("start_time"))
        .end_time(number("end_time"))
        .card_quantity(number("card_quantity"))
        .build();
    built.err().map(|invalid| invalid.message_in(language::current()))
}

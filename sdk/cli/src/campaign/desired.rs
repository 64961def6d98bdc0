//! What a row of the file asks for.
//!
//! ```text
//! 429620, pBnT…, 10元代金券, ..., 10    Place(SetCouponPlacement { .. })
//! 7921527, and nothing else           Leave
//! ```

use serde::Deserialize as _;
use serde_json::{Map, Value};
use wechat_bizwifi::{Invalid, SetCouponPlacement, UnixTime, Violation};

use crate::language::{self, Language, say};
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
    /// Not known, since the row is not valid: what is wrong with it.
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
                let broken = built(&request).err().map(|it| it.message_in(language::current()));
                Self::Invalid(broken.unwrap_or_else(|| error.to_string()))
            }
        }
    }

    /// What is wrong with the cells that cannot be read, and with each of those that can.
    pub(super) fn unreadable(request: Map<String, Value>, mut errors: Vec<String>) -> Self {
        let request = Value::Object(request);
        let is_read = |rule: &&Violation| request.pointer(&rule.pointer).is_some_and(is_single);
        let broken = built(&request).err();
        let broken = broken.iter().flat_map(Invalid::violations).filter(is_read);
        errors.extend(broken.map(|rule| match language::current() {
            Language::En => rule.to_string(),
            Language::Zh => rule.in_chinese(),
        }));
        Self::Invalid(errors.join("; "))
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

/// Whether it is no object, which a rule across its properties is about.
fn is_single(value: &Value) -> bool {
    !value.is_object()
}

/// The request, or which rules it breaks, to be told in the language of this process; reading one says so
/// in English alone.
fn built(request: &Value) -> Result<SetCouponPlacement, Invalid> {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let number = |name: &str| request[name].as_i64().unwrap_or_default();
    SetCouponPlacement::builder()
        .shop_id(number(SHOP))
        .card_id(text("card_id"))
        .card_describe(text("card_describe"))
        .start_time(number("start_time"))
        .end_time(number("end_time"))
        .card_quantity(number("card_quantity"))
        .build()
}

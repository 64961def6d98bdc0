//! What a row changes: its request beside what is placed in the store.

use wechat_bizwifi::{Placement, SetCouponPlacement};

/// What would be done with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing is placed in the store: the coupon is placed.
    Place,
    /// Something else is placed: it is replaced. These differ.
    Change(Vec<&'static str>),
    /// It is placed already.
    Leave,
}

/// Compares what a row asks for with what is placed. The stock cannot be read back, so it is not
/// compared.
pub(crate) fn decide(request: &SetCouponPlacement, placed: Option<&Placement>) -> Decision {
    let Some(placed) = placed else { return Decision::Place };
    let describes = placed.card_describe.as_deref();
    let differs = [
        ("card_id", placed.card_id != *request.card_id()),
        ("card_describe", describes.is_some_and(|text| text != request.card_describe())),
        ("start_time", placed.start_date.is_some_and(|time| time != request.start_time())),
        ("end_time", placed.end_date.is_some_and(|time| time != request.end_time())),
    ];
    let changes: Vec<&str> =
        differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
    if changes.is_empty() { Decision::Leave } else { Decision::Change(changes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(end: i64) -> SetCouponPlacement {
        SetCouponPlacement::builder()
            .shop_id(1)
            .card_id("p1")
            .card_describe("x")
            .start_time(1)
            .end_time(end)
            .card_quantity(10)
            .build()
            .unwrap()
    }

    fn placed(text: &str) -> Placement {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_is_placed_as_asked_for_is_left() {
        let same = placed(
            r#"{"shop_id":1,"card_status":0,"card_id":"p1","card_describe":"x","start_date":1,"end_date":2}"#,
        );
        assert_eq!(decide(&request(2), Some(&same)), Decision::Leave);
        assert_eq!(decide(&request(3), Some(&same)), Decision::Change(vec!["end_time"]));
        assert_eq!(decide(&request(2), None), Decision::Place);
    }

    #[test]
    fn what_a_reply_leaves_out_is_no_difference() {
        let bare = placed(r#"{"shop_id":1,"card_status":0,"card_id":"p1"}"#);
        assert_eq!(decide(&request(2), Some(&bare)), Decision::Leave);
    }
}

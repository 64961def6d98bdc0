//! What a row changes: its request beside what is placed in the store.

use wechat_bizwifi::{Placement, SetCouponPlacement, UnixTime};

use super::journal::{Key, Known, State};
use crate::output::{printable, time};

/// What would be done with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing is placed in the store: the coupon is placed.
    Place,
    /// Something else is placed: it is replaced.
    Change {
        /// What differs: `end_time: 2016-03-12T00:00:00+08:00 -> 2016-03-13T00:00:00+08:00`.
        what: String,
        /// Whether nothing differs that could be read back.
        unseen: bool,
    },
    /// It is placed already.
    Leave,
}

/// Compares what a row asks for with what is placed. The stock cannot be read back: whether it is
/// the same is known if the row itself was the last one placed here, or if nothing was placed from
/// this journal.
pub(crate) fn decide(
    request: &SetCouponPlacement,
    placed: Option<&Placement>,
    is_certain: bool,
) -> Decision {
    let Some(placed) = placed else { return Decision::Place };
    let what = differences(request, placed);
    if !what.is_empty() {
        Decision::Change { what: what.join(", "), unseen: false }
    } else if is_certain {
        Decision::Leave
    } else {
        let what = format!("card_quantity: ? -> {}", request.card_quantity());
        Decision::Change { what, unseen: true }
    }
}

/// Whether a row that looks placed is so in what cannot be read back as well.
pub(crate) fn is_certain(known: Option<&Known>, key: &Key) -> bool {
    known.is_none_or(|known| {
        known.is_of(key)
            && match known.state {
                State::Placed | State::Changed => true,
                State::Sending | State::Unknown => !known.unseen,
                State::Refused | State::Failed => false,
            }
    })
}

/// What a reply leaves out is no difference.
fn differences(request: &SetCouponPlacement, placed: &Placement) -> Vec<String> {
    let (card, describe) = (request.card_id().as_str(), request.card_describe());
    let text = |text: &str| text.to_owned();
    let moment = |moment: UnixTime| time(moment.seconds());
    [
        difference("card_id", (Some(placed.card_id.as_str()), card), text),
        difference("card_describe", (placed.card_describe.as_deref(), describe), text),
        difference("start_time", (placed.start_date, request.start_time()), moment),
        difference("end_time", (placed.end_date, request.end_time()), moment),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn difference<T: Copy + PartialEq>(
    name: &str,
    (placed, wanted): (Option<T>, T),
    shown: impl Fn(T) -> String,
) -> Option<String> {
    let placed = placed.filter(|placed| *placed != wanted)?;
    Some(printable(&format!("{name}: {} -> {}", shown(placed), shown(wanted))))
}

#[cfg(test)]
mod tests {
    use super::super::journal::Entry;
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

    fn same() -> Placement {
        placed(
            r#"{"shop_id":1,"card_status":0,"card_id":"p1","card_describe":"x","start_date":1,"end_date":2}"#,
        )
    }

    #[test]
    fn what_is_placed_as_asked_for_is_left() {
        assert_eq!(decide(&request(2), Some(&same()), true), Decision::Leave);
        let what = "end_time: 1970-01-01T08:00:02+08:00 -> 1970-01-01T08:00:03+08:00".to_owned();
        let change = Decision::Change { what, unseen: false };
        assert_eq!(decide(&request(3), Some(&same()), true), change);
        assert_eq!(decide(&request(2), None, true), Decision::Place);
    }

    #[test]
    fn a_stock_that_was_placed_otherwise_is_placed_anew_although_it_cannot_be_read() {
        let change = Decision::Change { what: "card_quantity: ? -> 10".to_owned(), unseen: true };
        assert_eq!(decide(&request(2), Some(&same()), false), change);
    }

    #[test]
    fn the_stock_is_certain_by_the_last_try_in_the_store() {
        let (own, other) = (Key::of("wx1", &request(2)), Key::of("wx1", &request(3)));
        assert!(is_certain(None, &own), "nothing was placed from here");
        for (state, seen, unseen) in [
            (State::Placed, true, true),
            (State::Changed, true, true),
            (State::Sending, true, false),
            (State::Unknown, true, false),
            (State::Refused, false, false),
            (State::Failed, false, false),
        ] {
            for (is_unseen, expected) in [(false, seen), (true, unseen)] {
                let entry = |key: &Key| Entry {
                    key: key.clone(),
                    line: 2,
                    state,
                    unseen: is_unseen,
                    code: None,
                };
                let [known, foreign] = [&own, &other].map(|key| Known::of(&entry(key)));
                assert_eq!(is_certain(Some(&known), &own), expected, "{known:?}");
                assert!(!is_certain(Some(&foreign), &own), "{foreign:?}");
            }
        }
    }

    #[test]
    fn what_a_reply_leaves_out_is_no_difference() {
        let bare = placed(r#"{"shop_id":1,"card_status":0,"card_id":"p1"}"#);
        assert_eq!(decide(&request(2), Some(&bare), true), Decision::Leave);
    }
}

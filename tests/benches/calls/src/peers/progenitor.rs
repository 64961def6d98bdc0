//! The client that progenitor generates from `openapi.json`.

use std::hint::black_box;
use std::sync::Arc;

use self::generated::types::{CardId, GetCouponPlacement, SetCouponPlacement, ShopId};
use super::Peer;
use crate::documents::{CARD, END, QUANTITY, SHOP, START, TEXT, TOKEN};

mod generated {
    include!(concat!(env!("OUT_DIR"), "/progenitor.rs"));
}

#[derive(Clone)]
pub(crate) struct Progenitor(Arc<generated::Client>);

impl Peer for Progenitor {
    fn new(base: &str) -> Self {
        Self(Arc::new(generated::Client::new(base)))
    }

    async fn pair(&self) {
        let reply = self.0.set_coupon_placement(TOKEN, &set_request()).await.expect("a reply");
        assert_eq!(reply.into_inner().errcode, 0);
        let request = GetCouponPlacement { shop_id: ShopId(SHOP) };
        let reply = self.0.get_coupon_placement(TOKEN, &request).await.expect("a reply");
        let reply = reply.into_inner();
        assert_eq!(reply.errcode, 0);
        black_box(reply.data.expect("a placement"));
    }
}

fn set_request() -> SetCouponPlacement {
    SetCouponPlacement {
        shop_id: ShopId(SHOP),
        card_id: CardId::try_from(CARD).expect("an id"),
        card_describe: TEXT.try_into().expect("a text"),
        start_time: START,
        end_time: END,
        card_quantity: QUANTITY,
    }
}

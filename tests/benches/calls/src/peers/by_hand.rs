//! reqwest, as people write it.

use std::hint::black_box;

use reqwest::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Peer;
use crate::documents::{
    GET_PATH, GetReply, GetRequest, Placement, SET_PATH, SHOP, SetReply, SetRequest, TOKEN,
};

#[derive(Clone)]
pub(crate) struct ByHand {
    client: Client,
    base: String,
    token: String,
}

impl Peer for ByHand {
    fn new(base: &str) -> Self {
        Self { client: Client::new(), base: base.to_owned(), token: TOKEN.to_owned() }
    }

    async fn pair(&self) {
        let reply: SetReply = self.send(SET_PATH, &SetRequest::documented()).await;
        assert_eq!(reply.errcode, 0);
        let reply: GetReply<Placement> = self.send(GET_PATH, &GetRequest { shop_id: SHOP }).await;
        assert_eq!(reply.errcode, 0);
        black_box(reply.data.expect("a placement"));
    }
}

impl ByHand {
    async fn send<T: DeserializeOwned>(&self, path: &str, request: &impl Serialize) -> T {
        self.client
            .post(format!("{}{path}", self.base))
            .query(&[("access_token", &self.token)])
            .json(request)
            .send()
            .await
            .expect("a reply")
            .json()
            .await
            .expect("the documented reply")
    }
}

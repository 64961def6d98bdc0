//! reqwest, with all that it can do without switched off, and URLs parsed once: what the SDK could
//! cost if it did nothing.

use std::hint::black_box;

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Peer;
use crate::documents::{
    GET_PATH, GetReply, GetRequest, Placement, SET_PATH, SHOP, SetReply, SetRequest, TOKEN,
};

#[derive(Clone)]
pub(crate) struct Lean {
    client: Client,
    set: Url,
    get: Url,
}

impl Peer for Lean {
    fn new(base: &str) -> Self {
        let client =
            Client::builder().redirect(Policy::none()).no_proxy().retry(reqwest::retry::never());
        let url = |path| format!("{base}{path}?access_token={TOKEN}").parse().expect("a URL");
        Self { client: client.build().expect("a client"), set: url(SET_PATH), get: url(GET_PATH) }
    }

    async fn pair(&self) {
        let reply: SetReply = self.send(&self.set, &SetRequest::documented()).await;
        assert_eq!(reply.errcode, 0);
        let reply: GetReply<Placement> = self.send(&self.get, &GetRequest { shop_id: SHOP }).await;
        assert_eq!(reply.errcode, 0);
        black_box(reply.data.expect("a placement"));
    }
}

impl Lean {
    async fn send<T: DeserializeOwned>(&self, url: &Url, request: &impl Serialize) -> T {
        let reply = self
            .client
            .post(url.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(serde_json::to_vec(request).expect("JSON"))
            .send()
            .await
            .expect("a reply");
        let body = reply.bytes().await.expect("a body");
        serde_json::from_slice(&body).expect("the documented reply")
    }
}

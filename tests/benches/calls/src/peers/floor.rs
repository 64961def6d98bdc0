//! hyper-util's pooled client, with URIs that were parsed once: as little as a call can cost.

use std::hint::black_box;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Peer;
use crate::documents::{
    GET_PATH, GetReply, GetRequest, Placement, SET_PATH, SHOP, SetReply, SetRequest, TOKEN,
};

#[derive(Clone)]
pub(crate) struct Floor {
    client: Client<HttpConnector, Full<Bytes>>,
    set: Uri,
    get: Uri,
}

impl Peer for Floor {
    fn new(base: &str) -> Self {
        let uri = |path| format!("{base}{path}?access_token={TOKEN}").parse().expect("a URI");
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, set: uri(SET_PATH), get: uri(GET_PATH) }
    }

    async fn pair(&self) {
        let reply: SetReply = self.send(&self.set, &SetRequest::documented()).await;
        assert_eq!(reply.errcode, 0);
        let reply: GetReply<Placement> = self.send(&self.get, &GetRequest { shop_id: SHOP }).await;
        assert_eq!(reply.errcode, 0);
        black_box(reply.data.expect("a placement"));
    }
}

impl Floor {
    async fn send<T: DeserializeOwned>(&self, uri: &Uri, request: &impl Serialize) -> T {
        let body = serde_json::to_vec(request).expect("JSON");
        let mut request = Request::new(Full::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri.clone();
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let reply = self.client.request(request).await.expect("a reply");
        let body = reply.into_body().collect().await.expect("a body").to_bytes();
        serde_json::from_slice(&body).expect("the documented reply")
    }
}

//! Answering a request as the service would: one check after the other, and then the deed.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::check::{self, Accepted};
use super::http::{Reply, Request};
use super::placements::Shown;
use super::refusal::{Outcome, Refusal};
use super::state::{Issue, State};
use super::tokens::Grant;
use crate::endpoint::{Endpoint, Method};
use crate::generated::{
    GetAccessToken, GetCouponPlacement, GetStableAccessToken, SetCouponPlacement,
};
use crate::wire::UnixTime;

/// Answers a request whose body was read.
pub(super) fn answer(state: &mut State, request: &Request, now: Duration) -> Reply {
    let outcome = Call { state, request, now }.route();
    outcome.unwrap_or_else(|refusal| refusal.reply(now))
}

/// The reply to a reading.
#[derive(Serialize)]
struct Reading {
    errcode: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Shown>,
}

/// One request, and all that its answer depends on.
struct Call<'a> {
    state: &'a mut State,
    request: &'a Request,
    now: Duration,
}

impl Call<'_> {
    fn route(&mut self) -> Outcome<Reply> {
        if self.is::<SetCouponPlacement>()? {
            self.set_placement()
        } else if self.is::<GetCouponPlacement>()? {
            self.get_placement()
        } else if self.is::<GetStableAccessToken>()? {
            self.stable_token()
        } else if self.is::<GetAccessToken>()? {
            self.plain_token()
        } else {
            Err(Refusal::new(40066))
        }
    }

    /// Whether the request is for this endpoint; a refusal, if it comes by the wrong method.
    fn is<T: Endpoint>(&self) -> Outcome<bool> {
        let operation = T::OPERATION;
        if self.request.path != operation.path {
            return Ok(false);
        }
        match (operation.method, self.request.method.as_str()) {
            (Method::Get, "GET") | (Method::Post, "POST") => Ok(true),
            (Method::Get, _) => Err(Refusal::new(43001)),
            (Method::Post, _) => Err(Refusal::new(43002)),
        }
    }

    fn set_placement(&mut self) -> Outcome<Reply> {
        let (appid, request) = self.authorised::<SetCouponPlacement>()?;
        let (account, _, world) = self.state.meet(&appid)?;
        account.placements.set(world, request)?;
        Ok(Reply::json(Some(0), &json!({ "errcode": 0 })))
    }

    fn get_placement(&mut self) -> Outcome<Reply> {
        let (appid, request) = self.authorised::<GetCouponPlacement>()?;
        let now = UnixTime::from_seconds(i64::try_from(self.now.as_secs()).unwrap_or(i64::MAX));
        let (account, _, world) = self.state.meet(&appid)?;
        let data = account.placements.get(world, &request, now)?;
        Ok(Reply::json(Some(0), &Reading { errcode: 0, data }))
    }

    /// The account that a call is made for, and its checked request.
    fn authorised<T: Accepted>(&mut self) -> Outcome<(String, Value)> {
        let token = self.request.query("access_token").filter(|token| !token.is_empty());
        let appid = self.state.appid_of(token.ok_or_else(|| Refusal::new(41001))?, self.now)?;
        self.charge(&appid)?;
        self.plainly_encoded()?;
        Ok((appid, check::body::<T>(&self.request.body)?))
    }

    fn stable_token(&mut self) -> Outcome<Reply> {
        self.plainly_encoded()?;
        let asked = check::object(&self.request.body)?;
        let appid = self.identified::<GetStableAccessToken>(&asked)?;
        let forced = asked.get("force_refresh").and_then(Value::as_bool).unwrap_or(false);
        self.granted(if forced { Issue::Forced } else { Issue::Stable }, &appid)
    }

    fn plain_token(&mut self) -> Outcome<Reply> {
        let query = self.request.query.iter();
        let asked = query.map(|(name, value)| (name.clone(), json!(value))).collect();
        let appid = self.identified::<GetAccessToken>(&asked)?;
        self.granted(Issue::Plain, &appid)
    }

    /// The account whose credentials a request for a token carries.
    fn identified<T: Accepted>(&mut self, asked: &Value) -> Outcome<String> {
        let text = |name| asked.get(name).and_then(Value::as_str).unwrap_or_default();
        let (appid, secret) = (text("appid"), text("secret"));
        let refuse_if = |wrong, code| if wrong { Err(Refusal::new(code)) } else { Ok(()) };
        refuse_if(text("grant_type") != "client_credential", 40002)?;
        refuse_if(appid.is_empty(), 41002)?;
        refuse_if(secret.is_empty(), 41004)?;
        T::deserialize(asked).map_err(|fault| Refusal::because(40035, fault.to_string()))?;
        self.state.admit(appid, secret)?;
        self.charge(appid)?;
        Ok(appid.to_owned())
    }

    fn granted(&mut self, how: Issue, appid: &str) -> Outcome<Reply> {
        let Grant { token, expires_in } = self.state.issue(how, appid, self.now)?;
        Ok(Reply::json(None, &json!({ "access_token": token, "expires_in": expires_in })))
    }

    fn charge(&mut self, appid: &str) -> Outcome {
        let (account, quotas, _) = self.state.meet(appid)?;
        quotas.charge(&mut account.usage, &self.request.path, self.now)
    }

    fn plainly_encoded(&self) -> Outcome {
        match self.request.content_encoding.as_deref() {
            None | Some("identity") => Ok(()),
            Some(_) => Err(Refusal::new(40221)),
        }
    }
}

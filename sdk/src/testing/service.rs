//! Answering a request as the service would: first all checks, one after the other, and then its
//! effect.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::http::{Reply, Request};
use super::page::{Items, enveloped};
use super::placements::Shown;
use super::refusal::{Outcome, Refusal};
use super::state::{Issue, State};
use super::tokens::Grant;
use super::{check, documented, page};
use crate::any_operation::AnyOperation;
use crate::endpoint::{Method, Security};
use crate::generated::OPERATIONS;
use crate::wire::UnixTime;

/// Answers a request whose body was read.
pub(super) fn answer(state: &mut State, request: &Request, now: Duration) -> Answer {
    let outcome = Call { state, request, now }.route();
    outcome.unwrap_or_else(|refusal| Answer::Reply(refusal.reply(now)))
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
    fn route(&mut self) -> Outcome<Answer> {
        let operation = self.operation()?;
        if let Some(function) = self.state.answers.find(operation) {
            let request = self.asked_of_closure(operation)?;
            return Ok(Answer::Own { operation, function, request, now: self.now });
        }
        let reply = match operation.operation().id {
            "getStableAccessToken" => self.stable_token(operation),
            "getAccessToken" => self.plain_token(operation),
            id => {
                let (appid, request) = self.authorised(operation)?;
                match id {
                    "setCouponPlacement" => self.set_placement(&appid, request),
                    "getCouponPlacement" => self.get_placement(&appid, &request),
                    _ => self.described(operation, &request),
                }
            }
        };
        reply.map(Answer::Reply)
    }

    fn asked_of_closure(&mut self, operation: &AnyOperation) -> Outcome<Value> {
        match operation.operation().security {
            Security::AccessToken => Ok(self.authorised(operation)?.1),
            Security::None => self.asked(operation),
        }
    }

    /// The operation that a request is for: any that this crate was generated with.
    fn operation(&self) -> Outcome<&'static AnyOperation> {
        let path = &self.request.path;
        let operation = OPERATIONS.iter().find(|operation| operation.operation().path == path);
        let Some(operation) = operation else {
            return Err(Refusal::because(40066, format!("this server has no endpoint {path}")));
        };
        match (operation.operation().method, self.request.method.as_str()) {
            (Method::Get, "GET") | (Method::Post, "POST") => Ok(operation),
            (Method::Get, _) => Err(Refusal::new(43001)),
            (Method::Post, _) => Err(Refusal::new(43002)),
        }
    }

    /// What a test has added; else what the description documents.
    fn described(&self, operation: &AnyOperation, request: &Value) -> Outcome<Reply> {
        let facts = operation.operation();
        let catalog = &self.state.world.catalog;
        let reply = if let Some(paging) = &facts.paging {
            let documented = page::documented_items(operation, paging, request);
            let added = catalog.items(paging, &documented);
            let items = added.unwrap_or_else(|| Items::written(&documented));
            enveloped(operation, Some(page::payload(operation, paging, (&items, request))))
        } else if let Some(payload) = catalog.payload(operation, request)? {
            enveloped(operation, Some(payload))
        } else {
            documented::reply(operation, request).unwrap_or_else(|| enveloped(operation, None))
        };
        Ok(Reply::json(Some(0), &reply))
    }

    fn set_placement(&mut self, appid: &str, request: Value) -> Outcome<Reply> {
        let (account, _, world) = self.state.meet(appid)?;
        account.placements.set(world, request)?;
        Ok(Reply::json(Some(0), &json!({ "errcode": 0 })))
    }

    fn get_placement(&mut self, appid: &str, request: &Value) -> Outcome<Reply> {
        let now = UnixTime::from_seconds(i64::try_from(self.now.as_secs()).unwrap_or(i64::MAX));
        let (account, _, world) = self.state.meet(appid)?;
        let data = account.placements.get(world, request, now)?;
        Ok(Reply::json(Some(0), &Reading { errcode: 0, data }))
    }

    /// The account that a call is made for, and its checked request.
    fn authorised(&mut self, operation: &AnyOperation) -> Outcome<(String, Value)> {
        let token = self.request.query("access_token").filter(|token| !token.is_empty());
        let appid = self.state.appid_of(token.ok_or_else(|| Refusal::new(41001))?, self.now)?;
        self.charge(&appid)?;
        Ok((appid, self.asked(operation)?))
    }

    /// The request, checked by its description.
    fn asked(&self, operation: &AnyOperation) -> Outcome<Value> {
        match operation.operation().method {
            Method::Get => check::query(operation, &self.request.query),
            Method::Post => {
                self.plainly_encoded()?;
                check::body(operation, &self.request.body)
            }
        }
    }

    fn stable_token(&mut self, operation: &AnyOperation) -> Outcome<Reply> {
        self.plainly_encoded()?;
        let asked = check::object(&self.request.body)?;
        let appid = self.identified(operation, &asked)?;
        let forced = asked.get("force_refresh").and_then(Value::as_bool).unwrap_or(false);
        self.granted(if forced { Issue::Forced } else { Issue::Stable }, &appid)
    }

    fn plain_token(&mut self, operation: &AnyOperation) -> Outcome<Reply> {
        let query = self.request.query.iter();
        let asked = query.map(|(name, value)| (name.clone(), json!(value))).collect();
        let appid = self.identified(operation, &asked)?;
        self.granted(Issue::Plain, &appid)
    }

    /// The account whose credentials a request for a token carries.
    fn identified(&mut self, operation: &AnyOperation, asked: &Value) -> Outcome<String> {
        let text = |name| asked.get(name).and_then(Value::as_str).unwrap_or_default();
        let (appid, secret) = (text("appid"), text("secret"));
        let refuse_if = |wrong, code| if wrong { Err(Refusal::new(code)) } else { Ok(()) };
        refuse_if(text("grant_type") != "client_credential", 40002)?;
        refuse_if(appid.is_empty(), 41002)?;
        refuse_if(secret.is_empty(), 41004)?;
        let checked = operation.check(asked.to_string().as_bytes());
        checked.map_err(|error| Refusal::because(40035, error.to_string()))?;
        self.state.check_credentials(appid, secret)?;
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

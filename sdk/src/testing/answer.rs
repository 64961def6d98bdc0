//! Replies of a test's own, by closure.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::http::Reply;
use super::page::{Items, enveloped, payload};
use super::refusal::Refusal;
use crate::any_operation::AnyOperation;
use crate::endpoint::{Endpoint, ReturnCode};

/// What a closure makes of a request: the payload of the reply, or a return code.
type Function = Arc<dyn Fn(&Value) -> Result<Value, ReturnCode> + Send + Sync>;

/// The replies of a test's own, by path.
#[derive(Default)]
pub(super) struct Answers(HashMap<&'static str, Function>);

impl Answers {
    pub(super) fn set<E: Endpoint + DeserializeOwned>(
        &mut self,
        answer: impl Fn(E) -> Result<Value, ReturnCode> + Send + Sync + 'static,
    ) {
        let answer = move |request: &Value| match E::deserialize(request) {
            Ok(request) => answer(request),
            // It was checked by this very type before.
            Err(_) => Err(ReturnCode::new(47001)),
        };
        self.0.insert(E::OPERATION.path, Arc::new(answer));
    }

    pub(super) fn find(&self, operation: &AnyOperation) -> Option<Function> {
        self.0.get(operation.operation().path).cloned()
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

/// The answer to a request: at hand, or still to be asked of a closure, which may ask the server in its
/// turn and therefore must not be called while the server's state is locked.
pub(super) enum Answer {
    Reply(Reply),
    Own { operation: &'static AnyOperation, function: Function, request: Value, now: Duration },
}

impl Answer {
    pub(super) fn reply(self) -> Reply {
        match self {
            Self::Reply(reply) => reply,
            Self::Own { operation, function, request, now } => match function(&request) {
                Ok(answer) => Reply::json(Some(0), &own(operation, answer, &request)),
                Err(code) => Refusal::new(code.value()).reply(now),
            },
        }
    }
}

/// A reply with this payload. Where an operation has pages, a list is all of its items.
fn own(operation: &AnyOperation, answer: Value, request: &Value) -> Value {
    let answer = match (operation.operation().paging, answer) {
        (Some(paging), Value::Array(items)) => {
            payload(operation, &paging, (&Items::written(&items), request))
        }
        (_, answer) => answer,
    };
    enveloped(operation, Some(answer).filter(|answer| !answer.is_null()))
}

//! Operations as values: their requests and replies are JSON, not values of generated types.

use std::fmt;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Client;
use crate::endpoint::{Endpoint, Operation};
use crate::error::{Error, ErrorKind};
use crate::wire::{Decode, Object, read_given};

/// The future of a call by name, which yields the payload as JSON.
type AnyReply<'c> = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send + 'c>>;

/// An operation whose request and reply are JSON: for programs that learn at run time which one to
/// call, such as command lines and test servers.
///
/// The crate that the operations were generated into lists them as `OPERATIONS`.
///
/// ```no_run
/// # async fn example(client: wechat_bizwifi::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use wechat_bizwifi::{AnyOperation, OPERATIONS};
///
/// let request = serde_json::json!({ "shop_id": 429620 });
/// let operation = AnyOperation::find(OPERATIONS, "getCouponPlacement").ok_or("no such operation")?;
/// println!("{}", operation.call(&client, &request).await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct AnyOperation {
    facts: &'static Operation,
    properties: &'static [&'static str],
    required: &'static [&'static str],
    examples: &'static [(&'static str, &'static str)],
    check: fn(&[u8]) -> serde_json::Result<Value>,
    #[cfg(feature = "testing")]
    check_query: fn(&str) -> Result<Value, serde_urlencoded::de::Error>,
    call: for<'c> fn(&'c Client, &Value) -> Result<AnyReply<'c>, Error>,
}

impl AnyOperation {
    /// The operation of a request type.
    #[doc(hidden)]
    pub const fn of<E>(
        required: &'static [&'static str],
        examples: &'static [(&'static str, &'static str)],
    ) -> Self
    where
        E: Endpoint<Reply: Serialize> + Object + Decode + DeserializeOwned + 'static,
    {
        Self {
            facts: E::OPERATION,
            properties: E::INFO.keys,
            required,
            examples,
            check: check::<E>,
            #[cfg(feature = "testing")]
            check_query: check_query::<E>,
            call: call::<E>,
        }
    }

    /// The operation of this name among these.
    pub fn find<'o>(operations: &'o [Self], id: &str) -> Option<&'o Self> {
        operations.iter().find(|operation| operation.facts.id == id)
    }

    /// Its facts: name, path, whether it may be repeated.
    pub fn operation(&self) -> &'static Operation {
        self.facts
    }

    /// The properties that a request may have, in the order of the description.
    pub fn properties(&self) -> &'static [&'static str] {
        self.properties
    }

    /// The properties that a request must have.
    pub fn required(&self) -> &'static [&'static str] {
        self.required
    }

    /// The documented requests and replies, as JSON.
    pub fn examples(&self) -> &'static [(&'static str, &'static str)] {
        self.examples
    }

    /// Checks a request by the rules of its description, and returns it as it would be sent. Its
    /// secrets are left out.
    ///
    /// # Errors
    ///
    /// With the place and the rule, when it breaks one.
    pub fn check(&self, request: &[u8]) -> serde_json::Result<Value> {
        (self.check)(request)
    }

    /// The same for a request that came as a query.
    #[cfg(feature = "testing")]
    pub(crate) fn check_query(&self, query: &str) -> Result<Value, serde_urlencoded::de::Error> {
        (self.check_query)(query)
    }

    /// Makes the call. Secrets in the reply are left out.
    ///
    /// # Errors
    ///
    /// As [every call](crate::guide::errors); [`ErrorKind::Invalid`](crate::ErrorKind::Invalid), with
    /// [its violations](Error::violations), if the request breaks rules of its description.
    pub async fn call(&self, client: &Client, request: &Value) -> Result<Value, Error> {
        (self.call)(client, request)?.await
    }
}

/// Shows the name alone: functions have nothing to show.
impl fmt::Debug for AnyOperation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("AnyOperation").field(&self.facts.id).finish()
    }
}

fn check<E: Endpoint + DeserializeOwned>(request: &[u8]) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_slice::<E>(request)?)
}

#[cfg(feature = "testing")]
fn check_query<E>(query: &str) -> Result<Value, serde_urlencoded::de::Error>
where
    E: Endpoint + DeserializeOwned,
{
    serde_json::to_value(serde_urlencoded::from_str::<E>(query)?).map_err(serde::de::Error::custom)
}

fn call<'c, E>(client: &'c Client, request: &Value) -> Result<AnyReply<'c>, Error>
where
    E: Endpoint<Reply: Serialize> + Decode + 'static,
{
    let request: E = read_given(request)?;
    Ok(Box::pin(async move {
        let reply = client.send(&request).await?;
        let unwritable = |error: serde_json::Error| {
            Error::new(ErrorKind::Decode, error.to_string()).maybe_sent()
        };
        serde_json::to_value(reply).map_err(unwritable)
    }))
}

#[cfg(all(test, feature = "testing"))]
#[path = "any_operation_tests.rs"]
mod tests;

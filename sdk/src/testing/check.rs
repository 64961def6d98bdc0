//! Whether what arrived is a request that the description allows.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refusal::{Outcome, Refusal};
use crate::endpoint::Endpoint;
use crate::generated::{
    GetAccessToken, GetCouponPlacement, GetStableAccessToken, SetCouponPlacement,
};
use crate::wire::has_unicode_escape;

/// A request that the server takes. It is checked by the type that the SDK sends, and so against
/// the description that the type was generated from.
pub(super) trait Accepted: Endpoint + DeserializeOwned {
    /// The properties without which it is none.
    fn required() -> Vec<String>;
}

macro_rules! accepted {
    ($($request:ty),*) => { $(impl Accepted for $request {
        fn required() -> Vec<String> {
            // A builder knows what it misses.
            let missing = Self::builder().build().err();
            missing.iter().flat_map(|invalid| invalid.violations())
                .filter(|violation| violation.keyword == "required")
                .map(|violation| violation.pointer.trim_start_matches('/').to_owned())
                .collect()
        }
    })* };
}
accepted!(GetAccessToken, GetCouponPlacement, GetStableAccessToken, SetCouponPlacement);

/// Reads a JSON object.
pub(super) fn object(body: &[u8]) -> Outcome<Value> {
    if body.is_empty() {
        return Err(Refusal::new(44002));
    }
    // The service wants characters as they are.
    if has_unicode_escape(body) {
        return Err(Refusal::new(40033));
    }
    match serde_json::from_slice(body) {
        Ok(object @ Value::Object(_)) => Ok(object),
        Ok(_) => Err(Refusal::because(47001, "not an object")),
        Err(fault) => Err(Refusal::because(47001, fault.to_string())),
    }
}

/// Checks a body, and returns it as the description would have it written.
pub(super) fn body<T: Accepted>(body: &[u8]) -> Outcome<Value> {
    nothing_missing::<T>(&object(body)?)?;
    let request: T = serde_json::from_slice(body).map_err(invalid)?;
    serde_json::to_value(request).map_err(invalid)
}

fn nothing_missing<T: Accepted>(object: &Value) -> Outcome {
    let missing: Vec<_> =
        T::required().into_iter().filter(|name| object.get(name).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::because(9_002_007, missing.join(", ")))
}

#[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` takes")]
fn invalid(fault: serde_json::Error) -> Refusal {
    Refusal::because(9_002_008, fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = r#"{"shop_id":1}"#;

    fn code<T: Accepted>(text: &str) -> i64 {
        body::<T>(text.as_bytes()).map_or_else(|refusal| refusal.code, |_| 0)
    }

    #[test]
    fn what_a_request_requires_comes_from_its_description() {
        assert_eq!(GetCouponPlacement::required(), ["shop_id"]);
        assert_eq!(GetStableAccessToken::required(), ["appid", "secret"]);
    }

    #[test]
    fn each_kind_of_fault_has_its_code() {
        assert_eq!(code::<GetCouponPlacement>(SHOP), 0);
        for (text, expected) in [
            ("", 44002),
            ("{", 47001),
            ("[1]", 47001),
            ("\u{feff}{}", 47001),
            ("{}", 9_002_007),
            (r#"{"shop_id":"1"}"#, 9_002_008),
            (r#"{"shop_id":null}"#, 9_002_008),
            (r#"{"shop_id":1,"shop_id":1}"#, 9_002_008),
            (r#"{"shop_id":1,"more":1}"#, 9_002_008),
            (r#"{"shop_id":1,"\u006dore":1}"#, 40033),
        ] {
            assert_eq!(code::<GetCouponPlacement>(text), expected, "{text}");
        }
        assert_eq!(code::<SetCouponPlacement>(SHOP), 9_002_007);
    }

    #[test]
    fn an_escaped_backslash_before_a_u_is_no_escape() {
        assert!(!has_unicode_escape(br#""C:\\users""#));
        assert!(has_unicode_escape(br#""C:\\\u0041""#));
    }
}

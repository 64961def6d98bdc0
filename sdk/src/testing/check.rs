//! Whether what arrived is a request that the description allows.

use serde_json::Value;

use super::refusal::{Outcome, Refusal};
use crate::any_operation::AnyOperation;
use crate::secret::revealing;
use crate::wire::has_unicode_escape;

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

/// Checks a body by its operation's description, and returns it as that would have it written.
pub(super) fn body(operation: &AnyOperation, body: &[u8]) -> Outcome<Value> {
    nothing_missing(operation, &object(body)?)?;
    revealing(|| operation.check(body)).map_err(invalid)
}

/// Checks a query by its operation's description, and returns it as a JSON object.
pub(super) fn query(operation: &AnyOperation, query: &[(String, String)]) -> Outcome<Value> {
    let asked: Vec<_> = query.iter().filter(|(name, _)| name != TOKEN).collect();
    let names = asked.iter().map(|(name, _)| (name.clone(), Value::Null)).collect();
    nothing_missing(operation, &names)?;
    // Pairs of strings: there is nothing that could not be written.
    let text = serde_urlencoded::to_string(asked).unwrap_or_default();
    let checked = revealing(|| operation.check_query(&text));
    checked.map_err(|fault| Refusal::because(9_002_008, fault.to_string()))
}

/// What a query holds beside the request.
const TOKEN: &str = "access_token";

fn nothing_missing(operation: &AnyOperation, object: &Value) -> Outcome {
    let required = operation.required().iter().copied();
    let missing: Vec<_> = required.filter(|name| object.get(name).is_none()).collect();
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
    use crate::generated::OPERATIONS;

    const SHOP: &str = r#"{"shop_id":1}"#;

    fn code(id: &str, text: &str) -> i64 {
        let operation = AnyOperation::find(OPERATIONS, id).unwrap();
        body(operation, text.as_bytes()).map_or_else(|refusal| refusal.code, |_| 0)
    }

    #[test]
    fn each_kind_of_fault_has_its_code() {
        assert_eq!(code("getCouponPlacement", SHOP), 0);
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
            assert_eq!(code("getCouponPlacement", text), expected, "{text}");
        }
        assert_eq!(code("setCouponPlacement", SHOP), 9_002_007);
    }

    #[test]
    fn each_kind_of_fault_of_a_query_has_the_code_that_it_has_in_a_body() {
        let operation = AnyOperation::find(OPERATIONS, "getAccessToken").unwrap();
        let code = |text: &str| {
            let pairs: Vec<_> = text.split('&').filter_map(|pair| pair.split_once('=')).collect();
            let pairs: Vec<_> = pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
            query(operation, &pairs).map_or_else(|refusal| refusal.code, |_| 0)
        };
        let known = "grant_type=client_credential&appid=wx9&secret=s";
        assert_eq!(code(known), 0);
        assert_eq!(code(&format!("{known}&access_token=T")), 0, "it stands beside the request");
        assert_eq!(code("grant_type=client_credential&appid=wx9"), 9_002_007);
        assert_eq!(code("grant_type=x&appid=wx9&secret=s"), 9_002_008);
        assert_eq!(code(&format!("{known}&more=1")), 9_002_008);
        assert_eq!(code(&format!("{known}&appid=wx8")), 9_002_008);
    }

    #[test]
    fn an_escaped_backslash_before_a_u_is_no_escape() {
        assert!(!has_unicode_escape(br#""C:\\users""#));
        assert!(has_unicode_escape(br#""C:\\\u0041""#));
    }
}

//! What the description of an operation documents as its reply.

use serde_json::Value;

use crate::any_operation::AnyOperation;
use crate::endpoint::Payload;

/// The documented reply to this request, or else to the first one.
pub(super) fn reply(operation: &AnyOperation, request: &Value) -> Option<Value> {
    let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
    let mut examples = operation.examples().iter();
    let same = examples.find(|(example, _)| parse(example).as_ref() == Some(request));
    let (_, reply) = same.or_else(|| operation.examples().first())?;
    parse(reply)
}

/// The payload of that reply.
pub(super) fn payload(operation: &AnyOperation, request: &Value) -> Option<Value> {
    let reply = reply(operation, request)?;
    match operation.operation().envelope.payload {
        Payload::Root => Some(reply),
        Payload::Property(name) => reply.get(name).cloned(),
        Payload::Nothing => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::OPERATIONS;

    #[test]
    fn each_documented_request_has_its_own_reply_and_any_other_the_first_one() {
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        for operation in OPERATIONS {
            for (request, documented) in operation.examples() {
                assert_eq!(reply(operation, &parse(request)), Some(parse(documented)), "{request}");
            }
            let first = operation.examples().first().map(|(_, documented)| parse(documented));
            assert_eq!(reply(operation, &Value::Null), first);
        }
    }
}

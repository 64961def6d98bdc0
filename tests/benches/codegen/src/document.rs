//! The endpoints: each with a request of six properties, two of them constrained strings and one an
//! integer with an `enum`, and a reply nested three levels deep.

use serde_json::{Value, json};

/// The endpoint's description for this project's generator.
pub(crate) fn description(index: usize) -> Value {
    json!({
        "operationId": format!("placeOrder{index}"),
        "summary": format!("Places an order of kind {index}."),
        "method": "POST",
        "path": format!("/order/{index}/place"),
        "security": "none",
        "request": request(|values| json!({ "type": "integer", "enum": values })),
        "response": response(),
        "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "/data" },
    })
}

/// The same with two rules that a type does not enforce by itself: a gift needs a note, and other
/// properties are marks with short values.
pub(crate) fn description_with_rules(index: usize) -> Value {
    let mut description = description(index);
    let request = &mut description["request"];
    request["if"] = json!({ "properties": { "gift": { "const": true } }, "required": ["gift"] });
    request["then"] = json!({ "required": ["note"] });
    request["patternProperties"] = json!({ "^mark_": { "type": "string", "maxLength": 8 } });
    description
}

/// The OpenAPI document of as many endpoints.
pub(crate) fn openapi(size: usize) -> Value {
    let paths: serde_json::Map<String, Value> =
        (0..size).map(|index| (format!("/order/{index}/place"), path(index))).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Orders", "version": "1.0.0" },
        "paths": paths,
    })
}

fn path(index: usize) -> Value {
    let body = |schema| json!({ "application/json": { "schema": schema } });
    json!({ "post": {
        "operationId": format!("placeOrder{index}"),
        "summary": format!("Places an order of kind {index}."),
        "requestBody": {
            "required": true,
            "content": body(request(|values| json!({ "type": "integer", "enum": values }))),
        },
        "responses": { "200": { "description": "The reply.", "content": body(response()) } },
    } })
}

fn request(enum_of: impl Fn(&[i32]) -> Value) -> Value {
    let mut kind = enum_of(&[0, 1, 2]);
    kind["description"] = json!("How urgent it is.");
    json!({
        "type": "object",
        "description": "What is ordered.",
        "properties": {
            "id": { "type": "string", "minLength": 1, "maxLength": 32, "description": "The order's number." },
            "name": { "type": "string", "maxLength": 18, "description": "What guests read." },
            "kind": kind,
            "quantity": { "type": "integer", "minimum": 1, "maximum": 1000, "description": "How many." },
            "note": { "type": "string", "description": "For the staff." },
            "gift": { "type": "boolean", "description": "Whether to wrap it." },
        },
        "required": ["id", "name", "kind", "quantity"],
        "additionalProperties": false,
    })
}

fn response() -> Value {
    json!({
        "type": "object",
        "properties": {
            "errcode": { "type": "integer", "description": "The return code." },
            "errmsg": { "type": "string", "description": "The return code in words." },
            "data": {
                "type": "object",
                "description": "The order.",
                "properties": {
                    "id": { "type": "string", "description": "The order's number." },
                    "total": { "type": "integer", "description": "What it costs, in cents." },
                    "delivery": {
                        "type": "object",
                        "description": "Where it goes.",
                        "properties": {
                            "at": { "type": "integer", "description": "When." },
                            "address": {
                                "type": "object",
                                "description": "To whom.",
                                "properties": {
                                    "street": { "type": "string", "description": "Street and number." },
                                    "town": { "type": "string", "description": "The town." },
                                },
                                "required": ["street"],
                            },
                        },
                        "required": ["address"],
                    },
                },
                "required": ["id", "delivery"],
            },
        },
        "required": ["errcode"],
    })
}

//! Single edits of small descriptions, and the exact verdicts on each.

use std::fs;

use wechat_bizwifi_codegen::{Diff, Verdict};

use crate::golden::{compare, folder};

pub(super) type Files = Vec<(String, String)>;

pub(super) fn base() -> Files {
    let names = [
        "common.json",
        "find_name.json",
        "get_name.json",
        "return_codes.json",
        "set_name.json",
        "set_rules.json",
    ];
    let read = |name: &str| fs::read_to_string(folder("diff/base").join(name)).unwrap();
    names.iter().map(|name| ((*name).to_owned(), read(name))).collect()
}

/// The files with each text, which is in one of them once, replaced by another.
#[track_caller]
pub(super) fn edited(mut files: Files, edits: &[(&str, &str)]) -> Files {
    for (from, to) in edits {
        let found: usize = files.iter().map(|(_, text)| text.matches(from).count()).sum();
        assert_eq!(found, 1, "{from}");
        for (_, text) in &mut files {
            *text = text.replace(from, to);
        }
    }
    files
}

pub(super) fn verdict(letter: char) -> Verdict {
    match letter {
        '-' => Verdict::None,
        'p' => Verdict::Patch,
        'm' => Verdict::Minor,
        'M' => Verdict::Major,
        other => panic!("{other}"),
    }
}

/// What the edit is, the edit, the verdicts on code and wire (`-`, `p`, `m` or `M`), and what the
/// text for people must hold.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

const SHOP_ID: &str = r#""shop_id": { "$ref": "common.json#/$defs/ShopId" }"#;
const NAME: &str = r#""name": { "type": "string", "description": "Its name." }"#;
const LIMIT: &str = r#""limit": { "type": "integer" }"#;
const TITLE: &str = r#""title": { "type": "string", "maxLength": 40 }"#;
const STEPS: &str = r#""required": ["text", "count""#;
pub(super) const SIZE: &str = r#""size": { "type": "integer" }"#;
const NOTE: &str = r#""note": { "type": "string", "aliases": ["remark"] }"#;
pub(super) const PLAIN: &str = r#""plain": { "type": "string" }"#;
const TEXT: &str = r#""text": { "type": "string", "maxLength": 18 }"#;
const COUNT: &str = r#""count": { "type": "integer", "minimum": 1 }"#;
const STEP: &str = r#""step": { "type": "integer", "multipleOf": 10 }"#;
const CARD: &str = r#"{ "type": "string", "minLength": 1, "description": "A card." }"#;
const SHOP: &str = r#"{ "type": "integer", "description": "A shop." }"#;
const RED: &str = r#"{ "const": "red", "title": "Red" }"#;
pub(super) const GRANT: &str = r#""Grant": { "type": "string", "const": "own" }"#;
const SAVED: &str = r#""required": ["id", "tint"]"#;
const ASKED: &str = r#""required": ["shop_id", "name"]"#;
const MOOD: &str = r#""enum": ["good", "bad"]"#;
const EITHER: &str = r#""anyOf": [ { "type": "string" }, { "type": "integer" } ]"#;
const CALLED: &str = r#"/errmsg" },
    "data": { "type": "object", "properties": { "called": { "type": "string" } } } } },
  "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "/data" }"#;
const DATA: &str = r#"    "required": ["data"] },"#;

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("nothing", &[], "--", ""),
    ("the order of two required properties", &[(SHOP_ID, "@1"), (NAME, SHOP_ID), ("@1", NAME)], "p-", ""),
    ("the order of two properties", &[(COUNT, "@1"), (STEP, COUNT), ("@1", STEP)], "p-", ""),
    ("an optional property is added to a request with `new`", &[(LIMIT, r#""limit": { "type": "integer" }, "more": { "type": "string", "maxLength": 3 }"#)], "mm", "GetName.more (sent)"),
    ("a required property is added to a request with `new`", &[(r#""required": ["shop"]"#, r#""required": ["shop", "more"]"#), (LIMIT, r#""limit": { "type": "integer" }, "more": { "type": "string" }"#)], "MM", "the method `GetName::new` is gone"),
    ("the property that `new` takes becomes optional", &[(r#""required": ["shop"]"#, r#""required": []"#)], "Mm", "the method `GetName::new` is gone"),
    ("all required properties but one become optional", &[(ASKED, r#""required": ["name"]"#)], "Mm", "the method `SetName::new` is added"),
    ("the last rule of a string that `new` takes goes", &[(TITLE, r#""title": { "type": "string" }"#)], "pm", "wider"),
    ("a first rule on a number that `new` takes", &[(SHOP, r#"{ "type": "integer", "description": "A shop.", "minimum": 0 }"#)], "MM", "the method `GetName::new`: `(shop: ShopId) -> Self` -> `(shop: ShopId) -> Result<Self, Invalid>`"),
    ("a rule on an optional property beside the one that `new` takes", &[(LIMIT, r#""limit": { "type": "integer", "minimum": 1 }"#)], "pM", "GetName.limit (sent)"),
    ("a sent constant comes in a reply", &[(SIZE, r#""size": { "$ref": "common.json#/$defs/Grant" }"#)], "Mm", "over `Grant`"),
    ("an optional property is added to a request without `new`", &[(PLAIN, r#""plain": { "type": "string" }, "more": { "type": "string" }"#)], "mm", "SetRules.more (sent)"),
    ("an optional property is added to a reply", &[(SIZE, r#""size": { "type": "integer" }, "more": { "type": "string" }"#)], "mm", "Saved.more (received)"),
    ("a number and a secret are added to a reply", &[(SIZE, r#""size": { "type": "integer" }, "share": { "type": "number" }, "key": { "type": "string", "sensitive": true }"#)], "mm", "Saved.share (received)"),
    ("a required property is added to a request", &[(ASKED, r#""required": ["shop_id", "name", "more"]"#), (NAME, r#""name": { "type": "string", "description": "Its name." }, "more": { "type": "string" }"#)], "mM", "is added"),
    ("a required property is added to a reply", &[(SAVED, r#""required": ["id", "tint", "more"]"#), (SIZE, r#""size": { "type": "integer" }, "more": { "type": "string" }"#)], "mM", "the required property `more` is added"),
    ("a property of a reply becomes required", &[(SAVED, r#""required": ["id", "tint", "note"]"#)], "MM", "the field `Saved.note`: `Option<String>` -> `String`"),
    ("a property of a request becomes required", &[(r#""required": ["text", "count""#, r#""required": ["step", "text", "count""#)], "MM", "the method `SetRules::step`"),
    ("a property of a reply becomes optional", &[(SAVED, r#""required": ["tint"]"#)], "Mm", "the field `Saved.id`: `i64` -> `Option<i64>`"),
    ("a property of a request becomes optional", &[(r#""required": ["text", "count""#, r#""required": ["count""#)], "Mm", "is now optional"),
    ("a property of a request is removed", &[(r#",
      "label": { "type": "string" }"#, "")], "MM", "the builder setter `SetRulesBuilder::label` is gone"),
    ("what a property of a request is removed means where others are refused", &[(r#",
      "label": { "type": "string" }"#, "")], "MM", "narrower: a request that was valid may be refused"),
    ("a property of a reply is removed", &[(SIZE, r#""rest": { "type": "integer" }"#)], "Mm", "the field `Saved.size` is gone"),
    ("a property of a request is renamed", &[(r#""plain": {"#, r#""plane": {"#)], "MM", "`plain` is removed"),
    ("a property is renamed, with its old name as an alias", &[(SIZE, r#""extent": { "type": "integer", "aliases": ["size"] }"#)], "Mm", "the property `size` is now `extent`"),
    ("the same, with the field's old name", &[(SIZE, r#""extent": { "type": "integer", "aliases": ["size"], "rustFieldName": "size" }"#)], "pm", "the property `size` is now `extent`"),
    ("a property of a request is renamed, with its old name as an alias", &[(PLAIN, r#""plane": { "type": "string", "aliases": ["plain"] }"#)], "MM", "is now `plane`"),
    ("an alias is added", &[(SIZE, r#""size": { "type": "integer", "aliases": ["extent"] }"#)], "pm", "is read as `extent` too"),
    ("an alias of what is only sent is added", &[(PLAIN, r#""plain": { "type": "string", "aliases": ["plane"] }"#)], "p-", ""),
    ("an alias is removed", &[(NOTE, r#""note": { "type": "string" }"#)], "pM", "is no longer read as `remark`"),
    ("a first rule on a type without a name", &[(NAME, r#""name": { "type": "string", "description": "Its name.", "maxLength": 9 }"#)], "pM", "`maxLength`"),
    ("a first rule on a type with a name", &[(SHOP, r#"{ "type": "integer", "description": "A shop.", "minimum": 0 }"#)], "MM", "the conversion `From<i64>` of `ShopId` is gone"),
    ("the last rule of a type with a name goes", &[(CARD, r#"{ "type": "string", "description": "A card." }"#)], "mm", "`From<&str>` of `CardId` is added"),
    ("a rule becomes tighter", &[(TEXT, r#""text": { "type": "string", "maxLength": 10 }"#)], "pM", "`maxLength`: 18 -> 10"),
    ("a rule becomes looser", &[(TEXT, r#""text": { "type": "string", "maxLength": 20 }"#)], "pm", "wider"),
    ("a rule on what is only received", &[(SIZE, r#""size": { "type": "integer", "minimum": 3 }"#)], "pp", "only documented"),
    ("a rule on a string that is only received", &[(NOTE, r#""note": { "type": "string", "aliases": ["remark"], "maxLength": 4, "format": "date" }"#)], "pp", "only documented"),
    ("an exclusive bound as an inclusive one", &[(COUNT, r#""count": { "type": "integer", "exclusiveMinimum": 0 }"#)], "--", ""),
    ("`multipleOf` becomes a multiple", &[(STEP, r#""step": { "type": "integer", "multipleOf": 20 }"#)], "pM", "`multipleOf`: 10 -> 20"),
    ("`multipleOf` becomes a part", &[(STEP, r#""step": { "type": "integer", "multipleOf": 5 }"#)], "pm", "`multipleOf`: 10 -> 5"),
    ("`multipleOf` becomes neither", &[(STEP, r#""step": { "type": "integer", "multipleOf": 15 }"#)], "pM", "different"),
    ("`pattern` is added", &[(PLAIN, r#""plain": { "type": "string", "pattern": "^a" }"#)], "MM", "feature `pattern`"),
    ("a value of an enum that is sent is added", &[(MOOD, r#""enum": ["good", "bad", "odd"]"#)], "Mm", "a `match` without a wildcard over `Mood` no longer compiles"),
    ("a value of an enum that is received is added", &[(RED, r#"{ "const": "red", "title": "Red" }, { "const": "pink", "title": "Pink" }"#)], "mm", "are read as `Unknown`"),
    ("a value of an enum that is sent is removed", &[(MOOD, r#""enum": ["good"]"#)], "MM", "the variant `Mood::Bad` is gone"),
    ("a value of an enum that is received is removed", &[(r#"{ "const": "red", "title": "Red" }, { "const""#, r#"{ "const""#)], "Mm", "the variant `Tint::Red` is gone"),
    ("a constant becomes an enum", &[(GRANT, r#""Grant": { "type": "string", "enum": ["own", "other"] }"#)], "Mm", "`Default` for"),
    ("an enum becomes a constant", &[(MOOD, r#""const": "good""#)], "MM", "the builder setter `SetRulesBuilder::mood` is gone"),
    ("a string becomes an enum", &[(PLAIN, r#""plain": { "type": "string", "enum": ["a", "b"] }"#)], "MM", "string -> enum of strings"),
    ("an enum becomes a string", &[(MOOD, r#""minLength": 0"#)], "Mm", "enum of strings -> string"),
    ("the title of a variant", &[(RED, r#"{ "const": "red", "title": "Crimson" }"#)], "M-", "the variant `Tint::Red` is gone"),
    ("the order of an enum's values", &[(MOOD, r#""enum": ["bad", "good"]"#)], "p-", ""),
    ("a sent enum comes in a reply", &[(SIZE, r#""size": { "$ref": "common.json#/$defs/Mood" }"#)], "Mm", "over `Mood`"),
    ("a received object is sent", &[(r#""place": { "rustName": "Place", "type": "object", "additionalProperties": false, "properties": {"#, r#""saved": { "$ref": "set_name.json#/response/properties/data" }, "place": { "rustName": "Place", "type": "object", "additionalProperties": false, "properties": {"#)], "Mm", "the field `Saved.id` is gone"),
    ("a reference as an inline schema", &[(r#""mood": { "$ref": "common.json#/$defs/Mood" }"#, r#""mood": { "type": "string", "enum": ["good", "bad"] }"#)], "M-", "the type `Mood` is now called `SetRulesMood`"),
    ("a definition has another name", &[(r#""CardId": {"#, r#""CouponId": {"#), (r#""$ref": "common.json#/$defs/CardId""#, r#""$ref": "common.json#/$defs/CouponId""#)], "M-", "the type `CardId` is now called `CouponId`"),
    ("a definition has another name, and its type the old one", &[(r#""CardId": { "#, r#""CouponId": { "rustName": "CardId", "#), (r#""$ref": "common.json#/$defs/CardId""#, r#""$ref": "common.json#/$defs/CouponId""#)], "--", ""),
    ("`anyOf` as a list of types", &[(EITHER, r#""type": ["string", "integer"]"#)], "--", ""),
    ("alternatives in another order", &[(EITHER, r#""anyOf": [ { "type": "integer" }, { "type": "string" } ]"#)], "p-", ""),
    ("`oneOf` of constants as `enum`", &[(MOOD, r#""oneOf": [ { "const": "good", "title": "Good" }, { "const": "bad", "title": "Bad" } ]"#)], "--", ""),
    ("rules in `allOf`", &[(TEXT, r#""text": { "type": "string", "allOf": [ { "maxLength": 18 } ] }"#)], "--", ""),
    ("an integer becomes a number", &[(SIZE, r#""size": { "type": "number" }"#)], "Mm", "integer -> number"),
    ("a sent integer becomes a number", &[(COUNT, r#""count": { "type": "number", "minimum": 1 }"#)], "Mm", "`i64, copy` -> `f64, copy`"),
    ("an integer becomes a string in a reply", &[(SIZE, r#""size": { "type": "string" }"#)], "Mm", "integer -> string"),
    ("an integer becomes a string in a request", &[(STEP, r#""step": { "type": "string" }"#)], "MM", "integer -> string"),
    ("whole numbers of a reply become times", &[(SIZE, r#""size": { "type": "integer", "format": "unix-time" }"#)], "M-", "i64"),
    ("the numbers of a request become times", &[(LIMIT, r#""limit": { "type": "integer", "format": "unix-time-ms" }"#)], "M-", "i64"),
    ("`format` of a smaller integer in a request", &[(STEP, r#""step": { "type": "integer", "multipleOf": 10, "format": "int32" }"#)], "MM", "the greatest number"),
    ("`format` of a smaller integer in a reply", &[(SIZE, r#""size": { "type": "integer", "format": "int32" }"#)], "MM", "a reply that was read may no longer be"),
    ("`null` is allowed in a request", &[(PLAIN, r#""plain": { "type": ["string", "null"] }"#)], "Mm", "may be null"),
    ("one type becomes one of several", &[(PLAIN, r#""plain": { "rustName": "Several", "anyOf": [ { "type": "string" }, { "type": "integer" } ] }"#)], "Mm", "one of several types"),
    ("a variant is added to a union that is sent", &[(EITHER, r#""anyOf": [ { "type": "string" }, { "type": "integer" }, { "type": "boolean" } ]"#)], "Mm", "a `match` without a wildcard over `Either`"),
    ("an order between two properties of a request", &[(STEPS, r#""propertyOrder": [["count", "<=", "step"]], "required": ["text", "count""#)], "pM", "`propertyOrder` is added"),
    ("other properties are no longer refused", &[(r#""rustName": "Place", "type": "object", "additionalProperties": false"#, r#""rustName": "Place", "type": "object""#)], "pm", "refused -> ignored"),
    ("other properties are kept", &[(r#""rustName": "Place", "type": "object", "additionalProperties": false"#, r#""rustName": "Place", "type": "object", "additionalProperties": { "type": "integer" }"#)], "mm", "refused -> kept"),
    ("the operation's name", &[(r#""operationId": "setRules""#, r#""operationId": "placeRules""#)], "M-", "the client's method `set_rules` is gone"),
    ("the path", &[(r#""path": "/rules/set""#, r#""path": "/rules/put""#)], "pM", "another URL"),
    ("the security", &[(r#""path": "/rules/set", "security": "accessToken""#, r#""path": "/rules/set", "security": "none""#)], "pM", "the access token"),
    ("an operation becomes idempotent", &[(r#""idempotent": false"#, r#""idempotent": true"#)], "pM", "written twice"),
    ("an operation is no longer idempotent", &[(r#""path": "/rules/set", "security": "accessToken", "idempotent": true"#, r#""path": "/rules/set", "security": "accessToken", "idempotent": false"#)], "pm", "no longer repeated"),
    ("the payload is no longer required", &[(DATA, r#"    "required": [] },"#)], "Mm", "the payload is now optional"),
    ("a string becomes any value", &[(PLAIN, r#""plain": { "description": "Anything." }"#)], "Mm", "any"),
    ("a number of a reply becomes any value", &[(SIZE, r#""size": { "description": "Anything." }"#)], "Mm", "any"),
    ("the payload is another property", &[(CALLED, r#"/errmsg" },
    "more": { "type": "object", "properties": { "called": { "type": "string" } } } } },
  "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "/more" }"#)], "pM", "the payload is `more` instead of `data`"),
    ("the payload is the whole reply", &[(CALLED, r#"/errmsg" },
    "data": { "type": "object", "properties": { "called": { "type": "string" } } } } },
  "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "" }"#)], "MM", "the payload of the reply moves"),
    ("there is no payload any more", &[(CALLED, r#"/errmsg" } } },
  "envelope": { "code": "/errcode", "message": "/errmsg" }"#)], "Mm", "the reply has no payload any more"),
    ("a return code is removed", &[(r#"  "errors": [40001]"#, r#"  "errors": []"#), (r#"{ "code": 40001, "name": "BAD_TOKEN", "class": "token", "meaning": "The token is invalid." }"#, "")], "MM", "40001"),
    ("a return code's name", &[("\"BAD_TOKEN\"", "\"TOKEN_BAD\"")], "M-", "`ReturnCode::BAD_TOKEN` is gone"),
    ("a return code's class", &[(r#""class": "token""#, r#""class": "busy""#)], "pM", "another class"),
    ("a return code's meaning in Chinese", &[(r#""The token is invalid.""#, r#""The token is invalid.", "meaningZh": "凭证无效。""#)], "p-", "is reworded"),
    ("a return code's meaning", &[("The token is invalid.", "The token is no longer valid.")], "p-", "is reworded"),
    ("a type's name in Rust", &[(r#""rustName": "Saved""#, r#""rustName": "Stored""#)], "M-", "the type `Saved` is now called `Stored`"),
    ("a property gets a type of another name, and the old one stays", &[(r#""shop": { "$ref": "common.json#/$defs/ShopId" }"#, r#""shop": { "$ref": "common.json#/$defs/PlaceId" }"#), (SHOP, r#"{ "type": "integer", "description": "A shop." }, "PlaceId": { "type": "integer", "description": "A shop." }"#)], "M-", "the method `GetName::new`: `(shop: ShopId) -> Self` -> `(shop: PlaceId) -> Self`"),
    ("a field's name in Rust", &[(SIZE, r#""size": { "type": "integer", "rustFieldName": "extent" }"#)], "M-", "the field `size` is now `extent`"),
    ("`sensitive`", &[(NOTE, r#""note": { "type": "string", "aliases": ["remark"], "sensitive": true }"#)], "MM", "is a secret"),
    ("`readOnly` on what is sent", &[(PLAIN, r#""plain": { "type": "string", "readOnly": true }"#)], "MM", "the builder setter `SetRulesBuilder::plain` is gone"),
    ("a default", &[(PLAIN, r#""plain": { "type": "string", "default": "a" }"#)], "p-", "documentation"),
    ("a description", &[("Its name.", "What it is called.")], "p-", "documentation"),
    ("`deprecated`", &[(PLAIN, r#""plain": { "type": "string", "deprecated": true }"#)], "m-", "is deprecated"),
];

#[test]
fn each_single_edit_has_the_verdicts_that_it_should() {
    let complaints: Vec<String> = ROWS.iter().filter_map(complaint).collect();
    assert!(
        complaints.is_empty(),
        "{} of {}:\n{}",
        complaints.len(),
        ROWS.len(),
        complaints.join("\n")
    );
}

fn complaint((name, edits, verdicts, says): &Row) -> Option<String> {
    let diff = match Diff::of_texts(base(), edited(base(), edits)) {
        Ok(diff) => diff,
        Err(failure) => return Some(format!("{name}: {failure}")),
    };
    let mut letters = verdicts.chars().map(verdict);
    let expected = (letters.next().unwrap(), letters.next().unwrap());
    let text = diff.to_text();
    let found = (diff.code(), diff.wire());
    (found != expected || !text.contains(says)).then(|| {
        format!("== {name}: expected {expected:?}, found {found:?}, text with {says:?}:\n{text}")
    })
}

#[test]
fn each_single_edit_and_its_reverse_are_told_of_as_the_file_has_it() {
    let mut written = String::new();
    for (name, edits, ..) in ROWS {
        let edited = edited(base(), edits);
        for (way, old, new) in [("", base(), edited.clone()), (", reversed", edited, base())] {
            let diff = Diff::of_texts(old, new).unwrap();
            let sorts: Vec<&str> = diff.changes().iter().map(|change| change.what).collect();
            written += &format!("# {name}{way}: {}\n{}\n", sorts.join(", "), diff.to_text());
        }
    }
    compare(&folder("diff/edits.txt"), &written);
}

#[test]
fn a_first_rule_on_a_string_leaves_calls_of_new_as_they_are() {
    let without = edited(base(), &[(TITLE, r#""title": { "type": "string" }"#)]);
    let diff = Diff::of_texts(without, base()).unwrap();
    assert_eq!((diff.code(), diff.wire()), (Verdict::Patch, Verdict::Major), "{}", diff.to_text());
}

/// A builder goes on to set it, whatever some reply holds.
#[test]
fn a_constant_has_no_setter_though_it_comes_in_a_reply() {
    let grant = r#""size": { "$ref": "common.json#/$defs/Grant" }"#;
    let text = Diff::of_texts(base(), edited(base(), &[(SIZE, grant)])).unwrap().to_text();
    assert!(!text.contains("setter") && !text.contains("`Default`"), "{text}");
}

/// An operation more is harmless, unless it makes another type of what others send.
#[test]
fn an_operation_that_is_added_says_what_it_does_to_the_types_of_others() {
    let added = |properties: &str| {
        let text = fs::read_to_string(folder("diff/base").join("find_name.json")).unwrap();
        let text = text.replace("findName", "findMore").replace("/name/find", "/name/more");
        let text = text.replace(r#""found": { "type": "boolean" }"#, properties);
        let files = base().into_iter().chain([("find_more.json".to_owned(), text)]);
        Diff::of_texts(base(), files).unwrap()
    };
    let harmless = added(r#""count": { "type": "integer" }"#);
    assert_eq!(harmless.verdict(), Verdict::Minor, "{}", harmless.to_text());
    let diff = added(r#""mood": { "$ref": "common.json#/$defs/Mood" }"#);
    let text = diff.to_text();
    assert_eq!((diff.code(), diff.wire()), (Verdict::Major, Verdict::Minor), "{text}");
    assert!(text.contains("a `match` without a wildcard over `Mood`"), "{text}");
}

/// Of what only one side has, and of nothing, in both ways and as people read it.
#[test]
fn an_operation_and_a_return_code_that_come_or_go_are_told_of_as_the_file_has_it() {
    let codes = |more: &str| edited(base(), &[(r#""meaning": "The token is invalid." }"#, more)]);
    let more_codes = codes(
        r#""meaning": "The token is invalid." }, { "code": 5, "class": "busy", "meaning": "Wait." }"#,
    );
    let named = codes(
        r#""meaning": "The token is wrong." }, { "code": 5, "name": "WAIT", "class": "other", "meaning": "Wait." }"#,
    );
    let without = base().into_iter().filter(|(name, _)| name != "find_name.json").collect();
    let mut written = String::new();
    for (old, new) in
        [(base(), without), (base(), more_codes.clone()), (more_codes, named), (base(), base())]
    {
        for (old, new) in [(old.clone(), new.clone()), (new, old)] {
            let diff = Diff::of_texts(old, new).unwrap();
            written += &format!("# {}\n{}\n", diff.to_text(), diff.to_markdown());
        }
    }
    compare(&folder("diff/alone.txt"), &written);
}

/// The descriptions, with an order between two properties of a request.
fn ordered(orders: &str) -> Files {
    edited(base(), &[(STEPS, &format!(r#""propertyOrder": [{orders}], {STEPS}"#))])
}

#[test]
fn an_order_that_is_stricter_is_narrower_and_one_that_is_looser_is_wider() {
    let rows = [
        (
            r#"["count", "<=", "step"]"#,
            r#"["count", "<", "step"]"#,
            'M',
            "now also `count` < `step`",
        ),
        (
            r#"["count", "<", "step"]"#,
            r#"["count", "<=", "step"]"#,
            'm',
            "no longer `count` < `step`",
        ),
        (
            r#"["count", "<=", "step"]"#,
            r#"["step", "<=", "count"]"#,
            'M',
            "now also `step` <= `count`",
        ),
    ];
    for (before, after, expected, says) in rows {
        let diff = Diff::of_texts(ordered(before), ordered(after)).unwrap();
        let text = diff.to_text();
        assert_eq!(diff.wire(), verdict(expected), "{text}");
        assert!(text.contains(says), "{text}");
    }
}

/// What a property of a request was, what it is now, and the verdict on the wire.
#[rustfmt::skip]
const CHANGED: &[(&str, &str, char, &str)] = &[
    (r#""type": "string", "format": "date""#, r#""type": "string", "format": "time""#, 'M', "`format`: \"date\" -> \"time\" cannot be compared"),
    (r#""type": "string", "format": "date""#, r#""type": "string""#, 'm', "`format`"),
    (r#""type": "string", "pattern": "^a""#, r#""type": "string", "pattern": "^b""#, 'M', "`pattern`: \"^a\" -> \"^b\" cannot be compared"),
    (r#""type": "string", "not": { "const": "a" }"#, r#""type": "string", "not": { "const": "b" }"#, 'M', "`not` is changed, and cannot be compared"),
    (r#""type": "string", "minLength": 2"#, r#""type": "string", "minLength": 1"#, 'm', "`minLength`: 2 -> 1"),
    (r#""type": "array", "items": { "type": "string" }, "maxItems": 3"#, r#""type": "array", "items": { "type": "string" }, "maxItems": 2"#, 'M', "the allowed number of items"),
    (r#""type": "array", "items": { "type": "string" }"#, r#""type": "array", "items": { "type": "string" }, "uniqueItems": true"#, 'M', "items may not repeat"),
    (r#""type": "array", "items": { "type": "string" }, "uniqueItems": true"#, r#""type": "array", "items": { "type": "string" }"#, 'm', "items may repeat"),
    (r#""type": "array", "items": { "type": "integer" }"#, r#""type": "array", "items": { "type": "number" }"#, 'm', "of an item"),
    (r#""type": "array", "items": { "type": "string" }, "uniqueItems": true, "maxItems": 2"#, r#""type": "array", "items": { "type": "string" }, "uniqueItems": true, "maxItems": 3"#, 'm', "the allowed number of items"),
    (r#""readOnly": true, "type": "object", "properties": { "a": { "type": "string" } }"#, r#""readOnly": true, "type": "object", "properties": { "a": { "type": "integer" } }"#, '-', "nothing changes"),
    (r#""type": "object", "additionalProperties": { "type": "integer" }"#, r#""type": "object", "additionalProperties": { "type": "string" }"#, 'M', "of a property"),
    (r#""type": "object", "additionalProperties": { "type": "integer" }, "maxProperties": 3"#, r#""type": "object", "additionalProperties": { "type": "integer" }, "maxProperties": 2"#, 'M', "the allowed number of properties"),
    (r#""type": "integer""#, r#""type": "integer", "enum": [1, 2]"#, 'M', "narrower"),
    (r#""type": "integer", "enum": [1, 2]"#, r#""type": "integer""#, 'm', "wider"),
    (r#""type": "string", "enum": ["1"]"#, r#""type": "integer""#, 'M', "different"),
    (r#""type": "string""#, r#""rustName": "Several", "anyOf": [ { "type": "string", "maxLength": 3 }, { "type": "integer" } ]"#, 'M', "none of which is the same"),
];

#[test]
fn a_property_of_a_request_that_changes_has_the_verdict_that_it_should() {
    for (before, after, expected, says) in CHANGED {
        let with =
            |schema: &str| edited(base(), &[(PLAIN, &format!(r#""plain": {{ {schema} }}"#))]);
        let diff = Diff::of_texts(with(before), with(after)).unwrap();
        let text = diff.to_text();
        assert_eq!(diff.wire(), verdict(*expected), "{before} -> {after}\n{text}");
        assert!(text.contains(says), "{before} -> {after}: {says}\n{text}");
    }
}

/// What a definition was, what it is now, and the verdict on the wire.
#[rustfmt::skip]
const DEFINITIONS: &[(&str, &str, char, &str)] = &[
    (r#""anyOf": [{ "type": "string" }, { "type": "integer" }]"#, r#""anyOf": [{ "type": "string" }, { "type": "integer" }], "not": { "const": 1 }"#, 'M', "Item (sent): `not` is added"),
    (r#""anyOf": [{ "type": "string" }, { "type": "integer" }], "not": { "const": 1 }"#, r#""anyOf": [{ "type": "string" }, { "type": "integer" }]"#, 'm', "Item (sent): `not` is removed"),
    (r#""type": "object", "properties": { "a": { "type": "integer" } }"#, r#""type": "object", "properties": { "a": { "type": "integer" } }, "not": { "required": ["a"] }"#, 'M', "Item (sent): `not` is added"),
    (r#""type": "object", "properties": { "a": { "type": "integer" } }, "not": { "required": ["a"] }"#, r#""type": "object", "properties": { "a": { "type": "integer" } }"#, 'm', "Item (sent): `not` is removed"),
    (r#""type": "object", "properties": { "a": { "type": "integer" } }, "not": { "required": ["a"] }"#, r#""type": "string""#, 'M', "Item (sent): `not` is removed"),
    (r#""type": "string""#, r#""type": "object", "properties": { "a": { "type": "integer" } }, "not": { "required": ["a"] }"#, 'M', "Item (sent): `not` is added"),
    (r#""type": "object", "properties": { "a": { "type": "integer" } }, "not": { "required": ["a"] }"#, r#""type": "string", "not": { "const": "a" }"#, 'M', "SetRules.plain (sent): object -> string"),
    (r#""type": "string", "not": { "const": "a" }"#, r#""type": "object", "properties": { "a": { "type": "integer" } }, "maxProperties": 1"#, 'M', "SetRules.plain (sent): `not` is removed"),
    (r#""type": "string", "maxLength": 3"#, r#""type": "string", "maxLength": 4, "not": { "const": "a" }"#, 'M', "SetRules.plain (sent): `maxLength`: 3 -> 4"),
    (r#""type": "object", "properties": { "a": { "type": "integer" } }, "minProperties": 0"#, r#""type": "object", "properties": { "a": { "type": "integer" } }, "minProperties": 1"#, 'M', "Item (sent): `minProperties` is changed"),
    (r#""type": "string", "not": { "const": "a" }"#, r#""type": "string", "not": { "const": "b" }"#, 'M', "SetRules.plain (sent): `not` is changed"),
    (r#""type": "string", "not": { "const": "a" }"#, r#""type": "string", "not": { "const": "a", "description": "The first." }"#, '-', "patch"),
    (r#""type": "string", "not": { "const": "a" }, "anyOf": [{ "minLength": 1 }]"#, r#""type": "string", "not": { "const": "b" }"#, 'M', "SetRules.plain (sent): `not` is changed"),
    (r#""type": "string", "not": { "const": "a" }, "anyOf": [{ "minLength": 1 }]"#, r#""type": "string", "not": { "const": "a" }"#, 'm', "SetRules.plain (sent): `anyOf` is removed"),
    (r#""type": "array", "items": { "type": "integer" }, "contains": { "const": 1 }, "enum": [[1], [1, 2]]"#, r#""type": "array", "items": { "type": "integer" }, "enum": [[1]]"#, 'M', "no longer [1,2]"),
];

/// Beside another change, the generated code does not tell: it differs anyway.
#[test]
fn a_definition_that_changes_has_the_verdict_that_it_should_beside_another_change() {
    for (before, after, expected, says) in DEFINITIONS {
        let with = |schema: &str, note: &str| {
            let item = format!(r#"{GRANT}, "Item": {{ {schema} }}"#);
            let plain = r#""plain": { "$ref": "common.json#/$defs/Item" }"#;
            edited(base(), &[(GRANT, &item), (PLAIN, plain), ("Its name.", note)])
        };
        let diff = Diff::of_texts(with(before, "Its name."), with(after, "A name.")).unwrap();
        let text = diff.to_text();
        assert_eq!(diff.wire(), verdict(*expected), "{before} -> {after}\n{text}");
        assert!(text.contains(says), "{before} -> {after}: {says}\n{text}");
    }
}

/// What a property was, what it is now, and the verdicts on the wire: where it is sent, and where it
/// is received.
#[rustfmt::skip]
const BOTH_WAYS: &[(&str, &str, &str, &str)] = &[
    (r#""type": "null""#, r#""description": "Anything.""#, "mm", "null -> any JSON"),
    (r#""description": "Anything.""#, r#""type": "null""#, "MM", "any JSON -> null"),
    (r#""type": "string", "not": { "const": "a" }"#, r#""type": "string""#, "mp", "`not` is removed"),
    (r#""type": "string""#, r#""type": "string", "not": { "const": "a" }"#, "Mp", "`not` is added"),
    (r#""type": "string", "maxLength": 4, "not": { "const": "a" }"#, r#""type": "string", "maxLength": 3, "not": { "const": "a" }"#, "Mp", "`maxLength`: 4 -> 3"),
    (r#""type": "string", "maxLength": 3"#, r#""type": "string", "maxLength": 4, "not": { "const": "a" }"#, "Mp", "`maxLength`: 3 -> 4"),
    (r#""type": "string", "maxLength": 4, "not": { "const": "a" }"#, r#""type": "string", "maxLength": 5"#, "mp", "`maxLength`: 4 -> 5"),
    (r#""type": ["string", "null"]"#, r#""type": ["string", "null"], "maxLength": 3"#, "Mp", "`maxLength`: none -> 3"),
    (r#""type": ["string", "null"]"#, r#""type": "string""#, "Mm", "may not be null"),
    (r#""type": "string""#, r#""type": ["string", "null"]"#, "mm", "may be null"),
    (r#""type": "string", "enum": ["a", "b"]"#, r#""type": ["string", "null"], "enum": ["a", "b", null]"#, "mm", "may be null"),
    (r#""type": ["string", "null"], "enum": ["a", "b", null]"#, r#""type": "string", "enum": ["a", "b"]"#, "Mm", "may not be null"),
    (r#""type": "object", "properties": { "a": { "type": "string" } }"#, r#""type": ["object", "null"], "properties": { "a": { "type": "string" } }"#, "mm", "may be null"),
    (r#""type": ["string", "null"]"#, r#""type": "null""#, "MM", "something or null -> null cannot be compared"),
    (r#""type": "null""#, r#""type": ["string", "null"]"#, "MM", "null -> something or null cannot be compared"),
    (r#""type": ["string", "null"]"#, r#""description": "Anything.""#, "mm", "something or null -> any JSON"),
    (r#""description": "Anything.""#, r#""type": ["string", "null"]"#, "MM", "any JSON -> something or null"),
    (r#""type": "string", "pattern": "^a""#, r#""type": "string", "pattern": "^b""#, "Mp", "`pattern`: \"^a\" -> \"^b\""),
    (r#""type": "string", "format": "date""#, r#""type": "string", "format": "time""#, "Mp", "`format`: \"date\" -> \"time\""),
    (r#""type": "boolean""#, r#""description": "Anything.""#, "mm", "boolean -> any JSON"),
    (r#""type": "integer", "enum": [1, 2]"#, r#""type": "boolean""#, "MM", "enum of integers -> boolean"),
    (r#""type": "integer", "format": "unix-time""#, r#""type": "integer", "format": "unix-time-ms""#, "MM", "integer (unix-time) -> integer (unix-time-ms)"),
    (r#""type": "integer", "format": "unix-time""#, r#""type": "boolean""#, "MM", "integer (unix-time) -> boolean"),
    (r#""type": "integer", "format": "unix-time-ms""#, r#""type": "boolean""#, "MM", "integer (unix-time-ms) -> boolean"),
    (r#""type": "object", "additionalProperties": { "type": "string" }"#, r#""type": "boolean""#, "MM", "object without listed properties -> boolean"),
    (r#""type": "object", "properties": { "a": { "type": "string" } }"#, r#""type": "boolean""#, "MM", "object -> boolean"),
    (r#""type": "string", "enum": ["a", "b"]"#, r#""type": "boolean""#, "MM", "enum of strings -> boolean"),
    (r#""type": "number""#, r#""type": "boolean""#, "MM", "number -> boolean"),
    (r#""type": "array", "items": { "type": "string" }"#, r#""type": "boolean""#, "MM", "array -> boolean"),
    (r#""anyOf": [{ "type": "string" }, { "type": "integer" }], "rustName": "Either2""#, r#""type": "boolean""#, "MM", "is no longer one of several types"),
    (r#""type": "boolean""#, r#""type": "integer""#, "MM", "boolean -> integer"),
    (r#""type": "string""#, r#""type": "array", "items": { "type": "string" }"#, "MM", "string -> array"),
    (r#""type": "array", "items": { "type": ["string", "null"] }"#, r#""type": "array", "items": { "type": "string" }"#, "MM", "may not be null (of an item)"),
    (r#""type": "string", "sensitive": true"#, r#""type": "string", "sensitive": true, "minLength": 1"#, "Mp", "`minLength`: 0 -> 1"),
];

#[test]
fn a_property_that_changes_has_the_verdict_of_its_direction() {
    for (before, after, expected, says) in BOTH_WAYS {
        for (property, expected) in [PLAIN, SIZE].into_iter().zip(expected.chars()) {
            let key = property.split(':').next().unwrap();
            let with =
                |schema: &str| edited(base(), &[(property, &format!("{key}: {{ {schema} }}"))]);
            let diff = Diff::of_texts(with(before), with(after)).unwrap();
            let text = diff.to_text();
            assert_eq!(diff.wire(), verdict(expected), "{key}: {before} -> {after}\n{text}");
            assert!(text.contains(says), "{key}: {before} -> {after}: {says}\n{text}");
        }
    }
}

/// The base with a rule that refers to a definition, which is part of no type that is compared.
fn with_banned(name: &str, banned: &str, note: &str) -> Files {
    let definition = format!(
        r##"{GRANT}, "Not": {{ "$ref": "#/$defs/{name}" }},
        "{name}": {{ "type": "string", "description": "{note}", "minLength": 1, "maxLength": 9,
            "pattern": "^{banned}", "const": "{banned}" }}"##
    );
    let not = r#""plain": { "type": "string", "not": { "$ref": "common.json#/$defs/Not" } }"#;
    edited(base(), &[(GRANT, &definition), (PLAIN, not), ("Its name.", note)])
}

#[test]
fn a_rule_that_changes_through_what_it_refers_to_is_seen_beside_other_changes() {
    for (name, banned, note, expected) in [
        ("Banned", "b", "1", 'M'),
        ("Banned", "b", "2", 'M'),
        ("Banned", "a", "2", '-'),
        ("Refused", "a", "2", '-'),
    ] {
        let [old, new] = [with_banned("Banned", "a", "1"), with_banned(name, banned, note)];
        let diff = Diff::of_texts(old, new).unwrap();
        let text = diff.to_text();
        assert_eq!(diff.wire(), verdict(expected), "{text}");
        let says = "SetRules.plain (sent): `not` is changed";
        assert_eq!(text.contains(says), expected == 'M', "{text}");
    }
}

/// It is in the code as the name of a static, which nobody else sees.
#[test]
fn the_name_of_a_definition_that_rules_alone_refer_to_is_no_change() {
    for name in ["Banned", "Refused"] {
        let [old, new] = ["Banned", name].map(|name| with_banned(name, "a", "1"));
        let diff = Diff::of_texts(old, new).unwrap();
        assert_eq!(diff.verdict(), Verdict::None, "{}", diff.to_text());
    }
}

//! What becomes of the items of the generated code, beside the change that is the cause.

use wechat_bizwifi_codegen::Diff;

use super::table::{Files, PLAIN, SIZE, base, edited};

#[test]
fn what_becomes_of_a_types_methods_is_said_with_the_change_of_the_type() {
    let with = |place: &str| {
        let old = r#""rustName": "Place", "type": "object", "additionalProperties": false, "properties": {
        "x": { "type": "integer" } }"#;
        edited(base(), &[(old, place)])
    };
    let object = r#""rustName": "Place", "type": "object", "additionalProperties": false"#;
    let string = r#""rustName": "Place", "type": "string", "enum": ["a", "b"]"#;
    for (before, after, [method, of_trait]) in [
        (object, string, ["the method `Place::builder` is gone", "`Eq` for `Place` is added"]),
        (string, object, ["the method `Place::as_str` is gone", "`Eq` for `Place` is gone"]),
    ] {
        let diff = Diff::of_texts(with(before), with(after)).unwrap();
        let text = diff.to_text();
        let cause = diff.changes().iter().find(|change| change.what == "type").unwrap();
        for expected in [method, of_trait] {
            assert!(cause.code.notes.iter().any(|note| note == expected), "{expected}\n{text}");
        }
        let items = diff.changes().iter().filter(|change| change.what == "rust-item");
        let subjects: Vec<&str> = items.map(|change| change.subject.as_str()).collect();
        assert!(!subjects.contains(&"Place"), "{subjects:?}\n{text}");
        assert!(!subjects.contains(&"Place::as_str"), "{subjects:?}\n{text}");
        assert!(!subjects.contains(&"Place::builder"), "{subjects:?}\n{text}");
    }
}

#[test]
fn the_conversions_that_an_enum_gets_or_loses_are_named() {
    let tint =
        |ty: &str, values: &str| format!(r#""Tint": {{ "type": "{ty}", "enum": {values} }}"#);
    let old = r#""Tint": { "type": "string", "oneOf": [
      { "const": "red", "title": "Red" }, { "const": "blue", "title": "Blue" } ] }"#;
    let texts = || edited(base(), &[(old, &tint("string", r#"["a", "b"]"#))]);
    let numbers = || edited(base(), &[(old, &tint("integer", "[1, 2]"))]);
    let sent = |files: Files| {
        edited(files, &[(PLAIN, r#""plain": { "$ref": "common.json#/$defs/Tint" }"#)])
    };
    let notes = |old: Files, new: Files| {
        let diff = Diff::of_texts(old, new).unwrap();
        let notes = diff.changes().iter().flat_map(|change| change.code.notes.clone());
        notes.filter(|note| note.contains("conversion")).collect::<Vec<_>>()
    };
    let conversion = |ty: &str, what: &str| format!("the conversion `{ty}` of `Tint` is {what}");
    let now_numbers = notes(texts(), numbers());
    for (ty, what) in [
        ("From<&str>", "gone"),
        ("From<String>", "gone"),
        ("TryFrom<&str>", "gone"),
        ("TryFrom<String>", "gone"),
        ("From<i64>", "added"),
        ("TryFrom<i64>", "added"),
    ] {
        assert!(now_numbers.contains(&conversion(ty, what)), "{ty}: {now_numbers:?}");
    }
    assert_eq!(now_numbers.len(), 6, "{now_numbers:?}");
    // What is received has `Unknown`, whichever way else it goes.
    assert!(notes(texts(), sent(texts())).is_empty());
    let mood = r#""size": { "$ref": "common.json#/$defs/Mood" }"#;
    let open = notes(base(), edited(base(), &[(SIZE, mood)]));
    let from = ["From<&str>", "From<String>"];
    let added = from.map(|ty| format!("the conversion `{ty}` of `Mood` is added"));
    assert_eq!(open, added);
}

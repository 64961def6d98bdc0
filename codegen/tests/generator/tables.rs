//! Rules as statics: what is made of a few schemas. The tests of the workspace compile it, and ask it
//! for verdicts. To accept a change, run with `UPDATE_GOLDENS=1`.

use std::path::Path;

use wechat_bizwifi_codegen::{Draft, Validator};

#[test]
fn statics_are_as_the_files_beside_their_schemas_have_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    for name in ["recursive", "patterns", "conditions", "unevaluated", "long"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let case: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut validator = Validator::new(Draft::Draft202012);
        validator.assert_formats().add(name, case["schema"].to_string());
        let code = validator.tables(name, "ROOT").unwrap();
        assert_eq!(code.lines().find(|line| line.chars().count() > 100), None, "{name}");
        let golden = folder.join(format!("{name}.rs"));
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(&golden, &code).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&golden).unwrap(), code, "{name}");
    }
}

/// A schema that is written on its own is called by the end of its place, up to 40 letters.
#[test]
fn a_static_is_called_by_the_end_of_its_place() {
    let rules = r#"{ "not": { "not": { "minLength": 1, "maxLength": 2, "minimum": 1, "maximum": 2, "minItems": 1, "maxItems": 2 } } }"#;
    for (place, name) in [
        ("a".repeat(40), "A".repeat(40)),
        ("a".repeat(41), "A".repeat(40)),
        ("a b".to_owned(), "A_B".to_owned()),
        ("1".to_owned(), "AT_1".to_owned()),
        ("_a".to_owned(), "A".to_owned()),
    ] {
        let schema = format!(r#"{{ "properties": {{ "{place}": {rules} }} }}"#);
        let mut validator = Validator::new(Draft::Draft202012);
        validator.add("a", schema);
        let code = validator.tables("a", "ROOT").unwrap();
        assert!(code.contains(&format!("static {name}_RULES: ")), "{name}: {code}");
    }
}

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

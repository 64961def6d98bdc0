//! The program itself, as it is built.

use std::fmt::Write as _;
use std::io::Read as _;
use std::process::{Command, Output, Stdio};
use std::{fs, thread};

use wechat_bizwifi_codegen::Builder;
use wechat_bizwifi_codegen::export::{Format, OpenApi};

use crate::golden::{Goldens, compare, folder, scratch};

/// The program with these arguments, in the folder of its test files, so that paths in its output
/// are the same everywhere.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi-codegen"));
    command.args(arguments).current_dir(folder("cli"));
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Runs the program, which is to end so, and returns what it says on standard output and standard
/// error.
#[track_caller]
fn says(arguments: &[&str], exit: i32) -> (String, String) {
    let output = run(arguments);
    let (out, err) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(exit), "{arguments:?}\n{out}\n{err}");
    (out, err)
}

/// What a successful command says on standard output; it says nothing else.
#[track_caller]
fn prints(arguments: &[&str]) -> String {
    let (out, err) = says(arguments, 0);
    assert_eq!(err, "", "{arguments:?}");
    out
}

#[test]
fn help_texts_are_those_in_their_files() {
    let mut goldens = Goldens::default();
    goldens.compare(&folder("cli").join("help.txt"), &prints(&["--help"]));
    for command in
        [&["generate"][..], &["check"], &["diff"], &["types"], &["list"], &["export", "openapi"]]
    {
        let text = prints(&[command, &["--help"]].concat());
        goldens.compare(&folder("cli").join(format!("help-{}.txt", command[0])), &text);
        assert_eq!(prints(&[&["help"], command].concat()), text);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{command:?}");
    }
    assert_eq!(prints(&["help"]), prints(&["-h"]));
    goldens.finish();
}

#[test]
fn the_version_is_the_crates() {
    let version = format!("wechat-bizwifi-codegen {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(prints(&["--version"]), version);
    assert_eq!(prints(&["-V"]), version);
}

#[test]
fn generate_prints_what_the_library_generates() {
    let code = Builder::new(folder("cli/good")).crate_name("api").generate().unwrap();
    assert_eq!(prints(&["generate", "good"]), code);
}

#[test]
fn generate_takes_the_librarys_options() {
    let builder = Builder::new(folder("cli/good")).crate_name("shops");
    let code = builder.runtime("::elsewhere").client_trait("Shops").generate().unwrap();
    let options = ["--runtime", "::elsewhere", "--client-trait=Shops", "--crate-name", "shops"];
    assert_eq!(prints(&[&["generate", "good"], &options[..]].concat()), code);
}

#[test]
fn generate_writes_a_file_only_if_its_bytes_change() {
    let file = scratch("generate").join("api.rs");
    let name = file.to_str().unwrap();
    assert_eq!(prints(&["generate", "good", "-o", name]), "");
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    assert_eq!(prints(&["generate", "--output", name, "good"]), "");
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), written);
    assert_eq!(fs::read_to_string(&file).unwrap(), prints(&["generate", "good"]));
}

#[test]
fn generate_leaves_the_file_alone_if_there_are_errors() {
    let file = scratch("invalid").join("api.rs");
    let (out, err) = says(&["generate", "invalid", "-o", file.to_str().unwrap()], 1);
    assert_eq!(out, "");
    assert!(err.contains("invalid/open.json:10:64 /request/properties/shop_id/maximum: "), "{err}");
    assert!(!file.exists());
}

#[test]
fn a_file_that_cannot_be_written_is_said_with_the_cause() {
    let (_, err) = says(&["generate", "good", "-o", "no/such/folder/api.rs"], 1);
    assert_eq!(
        err,
        "`no/such/folder/api.rs` cannot be written: No such file or directory (os error 2)\n"
    );
}

#[test]
fn check_says_that_there_are_no_errors() {
    assert_eq!(prints(&["check", "good"]), "good: no errors\n");
    assert_eq!(prints(&["check", "good", "--format", "json"]), "{\n  \"diagnostics\": []\n}\n");
}

#[test]
fn check_prints_all_errors_at_once() {
    let (text, err) = says(&["check", "invalid"], 1);
    assert_eq!(err, "");
    compare(&folder("cli").join("check.txt"), &text);
}

#[test]
fn check_prints_all_errors_as_json() {
    let (text, err) = says(&["check", "invalid", "--format=json"], 1);
    assert_eq!(err, "");
    compare(&folder("cli").join("check-json.txt"), &text);
}

#[test]
fn paths_in_json_lead_to_the_file_from_where_one_stands() {
    for folder in ["invalid", "./invalid", "../cli/invalid", "invalid/."] {
        let (text, _) = says(&["check", folder, "--format", "json"], 1);
        let errors: serde_json::Value = serde_json::from_str(&text).unwrap();
        let file = errors["diagnostics"][0]["file"].as_str().unwrap();
        assert!(crate::golden::folder("cli").join(file).is_file(), "{folder}: {file}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_of_its_path() {
    let (text, _) = says(&["check", "nowhere", "--format", "json"], 1);
    let errors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let error = &errors["diagnostics"][0];
    assert_eq!(
        error["message"],
        "`nowhere` cannot be read: No such file or directory (os error 2)"
    );
    assert_eq!(error["file"], "nowhere");
    assert!(error["line"].is_null() && error["pointer"].is_null());
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_of_its_path() {
    let folder = scratch("latin");
    let file = folder.join("a.json");
    fs::write(&file, b"\xff").unwrap();
    let (text, _) = says(&["check", folder.to_str().unwrap(), "--format", "json"], 1);
    let errors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let error = &errors["diagnostics"][0];
    assert_eq!((error["file"].as_str(), error["line"].as_u64()), (file.to_str(), None), "{text}");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .ends_with("it is not UTF-8 from byte 0 on: save it as UTF-8")
    );
}

#[test]
fn types_prints_a_module_whose_type_is_root() {
    let code = prints(&["types", "document.json"]);
    assert!(code.contains("pub struct Root("), "{code}");
    assert!(code.contains("use ::wechat_bizwifi::__private as rt;"), "{code}");
    for path in ["crate::elsewhere", "self::a", "super::super::a", "::a::b", "a", "super"] {
        let code = prints(&["types", "--runtime", path, "document.json"]);
        assert!(code.contains(&format!("use {path}::__private as rt;")), "{code}");
    }
}

#[test]
fn a_path_that_no_use_takes_is_none() {
    for path in
        ["", "a<b>", "a::<b>", "a(b)", "Self", "a::self", "a::super", "::crate", "a::", "fn"]
    {
        let (_, err) = says(&["types", "--runtime", path, "document.json"], 2);
        assert!(err.starts_with("the option `runtime` must be the path of a Rust module"), "{err}");
    }
}

#[test]
fn a_trait_that_is_named_as_a_type_is_an_error() {
    let (_, err) = says(&["generate", "good", "--client-trait", "OpenShop"], 1);
    let expected = "/request: the trait of the client's calls is named `OpenShop` too; give";
    assert!(err.contains(expected), "{err}");
    let (_, err) = says(&["generate", "good", "--client-trait", "OpenShopBuilder"], 1);
    assert!(err.contains("is named `OpenShopBuilder` too"), "{err}");
}

#[test]
fn types_reads_standard_input() {
    let document = fs::File::open(folder("cli").join("document.json")).unwrap();
    let output = program(&["types", "-"]).stdin(document).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), prints(&["types", "document.json"]));
}

#[test]
fn types_refuses_what_cannot_be_enforced() {
    let (out, err) = says(&["types", "refused.json"], 3);
    assert_eq!(out, "");
    assert!(
        err.starts_with("refused.json:1:32 /pattern: is no pattern that can be enforced: "),
        "{err}"
    );
}

#[test]
fn a_document_that_cannot_be_read_is_no_refusal() {
    let (_, err) = says(&["types", "nowhere.json"], 1);
    assert_eq!(err, "`nowhere.json` cannot be read: No such file or directory (os error 2)\n");
    let file = scratch("unreadable-document").join("a.json");
    let name = file.to_str().unwrap();
    fs::write(&file, b"{ \"a\xff").unwrap();
    let (_, err) = says(&["types", name], 1);
    assert_eq!(
        err,
        format!("`{name}` cannot be read: it is not UTF-8 from byte 4 on: save it as UTF-8\n")
    );
    let folder = file.parent().unwrap().to_str().unwrap();
    let (_, err) = says(&["types", folder], 1);
    assert_eq!(
        err,
        format!("`{name}` cannot be read: it is not UTF-8 from byte 4 on: save it as UTF-8\n")
    );
    fs::File::create(&file).unwrap().set_len(16 * 1024 * 1024 + 1).unwrap();
    let (_, err) = says(&["types", name], 1);
    let too_large = "16777217 bytes, and 16777216 are the most";
    assert_eq!(err, format!("`{name}` cannot be read: {too_large}\n"));
    let output = program(&["types", "-"]).stdin(fs::File::open(&file).unwrap()).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert_eq!(err, "`-` cannot be read: it goes on after 16777216 bytes, which are the most\n");
}

#[test]
fn list_is_a_table() {
    compare(&folder("cli").join("list.txt"), &prints(&["list", "good"]));
    says(&["list", "invalid"], 1);
}

#[test]
fn export_writes_what_the_library_exports() {
    let good = OpenApi::new(folder("cli/good")).title("Shops").version("3").server("http://a");
    let options = ["--title", "Shops", "--api-version=3", "--server", "http://a", "good"];
    let document = prints(&[&["export", "openapi"], &options[..]].concat());
    assert_eq!(document, good.clone().document().unwrap());
    let file = scratch("export").join("openapi.yaml");
    let name = file.to_str().unwrap();
    let written = [&["export", "openapi", "--format", "yaml", "-o", name], &options[..]].concat();
    assert_eq!(prints(&written), "");
    let expected = good.format(Format::Yaml).document().unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    assert_eq!(prints(&written), "");
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), modified);
}

#[test]
fn export_says_what_is_wrong_and_writes_nothing() {
    let file = scratch("invalid-export").join("openapi.json");
    let (out, err) = says(&["export", "openapi", "invalid", "-o", file.to_str().unwrap()], 1);
    assert_eq!(out, "");
    assert!(err.contains("invalid/open.json:10:64 /request/properties/shop_id/maximum: "), "{err}");
    assert!(!file.exists());
    let case = folder("rejects/export-same-path");
    let (_, err) = says(&["export", "openapi", case.to_str().unwrap()], 1);
    assert!(
        err.contains("/operationId: has the method and the path of another operation"),
        "{err}"
    );
    let (_, err) = says(&["export", "openapi", "good", "-o", "no/such/folder/a.json"], 1);
    assert!(err.starts_with("`no/such/folder/a.json` cannot be written: "), "{err}");
}

#[test]
fn misuse_is_no_error_of_a_description() {
    let cases: &[&[&str]] = &[
        &[],
        &["--unknown"],
        &["unknown"],
        &["generate"],
        &["generate", "good", "bad"],
        &["generate", "good", "-o"],
        &["generate", "good", "--format", "json"],
        &["generate", "good", "--runtime", "no path"],
        &["generate", "good", "--runtime", "a<b>"],
        &["generate", "good", "--runtime", "a::crate"],
        &["generate", "good", "--client-trait", "1"],
        &["generate", "good", "--client-trait", "rt"],
        &["generate", "good", "--client-trait", "Client"],
        &["check"],
        &["check", "good", "--format", "yaml"],
        &["check", "good", "-o", "x"],
        &["types"],
        &["types", "document.json", "--map", "schemas"],
        &["list"],
        &["list", "good", "--runtime", "crate"],
        &["export"],
        &["export", "raml", "good"],
        &["export", "--format", "yaml"],
        &["export", "openapi"],
        &["export", "openapi", "good", "--format", "text"],
        &["export", "openapi", "good", "--runtime", "crate"],
        &["help", "unknown"],
        &["help", "--unknown"],
        &["help", "generate", "check"],
    ];
    let mut said = String::new();
    for arguments in cases {
        let (out, err) = says(arguments, 2);
        assert_eq!(out, "", "{arguments:?}");
        writeln!(said, "$ wechat-bizwifi-codegen {}\n{err}", arguments.join(" ")).unwrap();
    }
    compare(&folder("cli").join("misuse.txt"), &said);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let mut child = program(&["generate", "good"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

/// Standard error of the tests is no terminal: however long it takes, nothing is said.
#[test]
fn progress_is_for_terminals() {
    let mut child =
        program(&["types", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(std::time::Duration::from_millis(1200));
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(!err.contains("Reading"), "{err}");
}

#[test]
fn types_takes_several_documents_and_urls_that_are_mapped() {
    let folder = scratch("mapped");
    fs::write(folder.join("name.json"), r#"{ "type": "string", "maxLength": 3 }"#).unwrap();
    fs::write(folder.join("a.json"), r#"{ "$ref": "https://example.com/name.json" }"#).unwrap();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let map = format!("https://example.com/={}", folder.display());
    let code = prints(&["types", &file("a.json"), "--map", &map]);
    assert!(code.contains("pub type Root = Name;"), "{code}");
    let code = prints(&["types", "document.json", &file("name.json")]);
    assert!(code.contains("pub struct Document(") && code.contains("pub struct Name("), "{code}");
}

#[test]
fn warnings_are_shown_beside_the_code_and_are_errors_where_they_are_denied() {
    let file = scratch("warned").join("a.json");
    fs::write(&file, r#"{ "type": "string", "maximum": 3 }"#).unwrap();
    let name = file.to_str().unwrap();
    let (out, err) = says(&["types", name], 0);
    assert!(out.contains("pub struct Root("), "{out}");
    assert!(err.contains("a.json:1:21 /maximum: has no effect on a string"), "{err}");
    let (out, err) = says(&["types", name, "--deny-warnings"], 3);
    assert_eq!(out, "");
    assert!(err.ends_with("1 error; nothing was generated\n"), "{err}");
}

#[test]
fn check_hints_at_types_that_their_places_give_long_names() {
    let folder = scratch("long_names");
    let description = r#"{
  "operationId": "getShop", "summary": "Gets a shop.", "method": "GET", "path": "/shop/get",
  "idempotent": true,
  "request": { "type": "object", "properties": {}, "additionalProperties": false },
  "response": { "type": "object", "properties": {
    "code": { "type": "integer" }, "message": { "type": "string" },
    "data": { "type": "object", "properties": {
      "ssid_password_list": { "type": "array", "items": {
        "type": "object", "properties": { "ssid": { "type": "string" } }
      } }
    } }
  } },
  "envelope": { "code": "/code", "message": "/message", "payload": "/data" }
}"#;
    fs::write(folder.join("get.json"), description).unwrap();
    let folder = folder.to_str().unwrap();
    let code = prints(&["generate", folder]);
    for name in ["GetShopReply", "GetShopReplySsidPassword"] {
        assert!(code.contains(&format!("struct {name}, ")), "{name}\n{code}");
    }
    let report = prints(&["check", folder, "--deny-warnings"]);
    let hint = "/response/properties/data/properties/ssid_password_list/items: its type is called \
                `GetShopReplySsidPassword`, after its place; choose a shorter name with `rustName`";
    assert!(report.contains(hint) && report.ends_with("\n\n1 hint\n"), "{report}");
    assert!(!report.contains("`GetShopReply`"), "{report}");
    let json = prints(&["check", folder, "--format", "json"]);
    assert!(json.contains(r#""severity": "hint""#), "{json}");
}

//! Whatever lies in the folder, it ends in a report, and soon.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use wechat_bizwifi_codegen::{Builder, Failure};

use crate::golden::{folder, scratch};

/// The errors of a folder, a line each.
fn errors(folder: &Path) -> Vec<String> {
    lines(Builder::new(folder).generate())
}

/// The errors of a document, a line each.
fn errors_of(text: &str) -> Vec<String> {
    lines(Builder::new("").types("a.json", text))
}

fn lines(result: Result<String, Failure>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(Failure::Descriptions(report)) => {
            // It is rendered, and says how much there is.
            assert!(report.render().ends_with("nothing was generated\n"));
            report.all().iter().map(wechat_bizwifi_codegen::diagnostics::Diagnostic::line).collect()
        }
        Err(failure) => panic!("{failure}"),
    }
}

/// A folder of this test's own with a valid description in it.
fn with_description(name: &str) -> std::path::PathBuf {
    let scratch = scratch(name);
    fs::copy(folder("cli/good/common.json"), scratch.join("common.json")).unwrap();
    scratch
}

#[test]
fn text_that_is_not_utf_8_is_said() {
    let folder = with_description("not-utf-8");
    fs::write(folder.join("a.json"), b"{ \"a\": \"\xff\" }").unwrap();
    let file = folder.join("a.json");
    let expected = format!(
        "`{}` cannot be read: it is not UTF-8 from byte 8 on: save it as UTF-8",
        file.display()
    );
    assert_eq!(errors(&folder), [expected]);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let folder = scratch("byte-order-mark");
    let text = fs::read_to_string(crate::golden::folder("cli/good/common.json")).unwrap();
    fs::write(folder.join("common.json"), format!("\u{feff}{text}")).unwrap();
    assert_eq!(errors(&folder), Vec::<String>::new());
    assert_eq!(errors_of("\u{feff}{ \"type\": \"string\" }"), Vec::<String>::new());
    assert_eq!(
        errors_of("\u{feff}{ \"type\": \"strin\" }")[0].split(": ").next(),
        Some("a.json:1:11 /type")
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_a_file_of_the_folder_and_nowhere_else() {
    use std::os::unix::fs::symlink;
    let folder = with_description("link");
    fs::create_dir(folder.join("inner")).unwrap();
    symlink("../common.json", folder.join("inner/again.json")).unwrap();
    assert_eq!(errors(&folder), Vec::<String>::new());
    fs::write(
        folder.join("inner/uses.json"),
        r#"{ "$defs": { "A": { "$ref": "again.json#/$defs/nowhere" } } }"#,
    )
    .unwrap();
    let [error] = &errors(&folder)[..] else { panic!("{:?}", errors(&folder)) };
    assert!(error.contains("nowhere"), "the link was read: {error}");
    fs::remove_file(folder.join("inner/uses.json")).unwrap();
    symlink("../../link.json", folder.join("inner/outside.json")).unwrap();
    fs::write(folder.parent().unwrap().join("link.json"), "{}").unwrap();
    symlink("nowhere.json", folder.join("lost.json")).unwrap();
    symlink(".", folder.join("loop")).unwrap();
    let no_file = |name: &str| {
        format!(
            "`{}` is not a regular file; put the file itself there, or a link to a file within the folder",
            folder.join(name).display()
        )
    };
    let no_folder = format!(
        "`{}` is a link to a folder; links to folders are not followed: put the folder itself there",
        folder.join("loop").display()
    );
    let mut found = errors(&folder);
    found.sort();
    let mut expected = [no_file("inner/outside.json"), no_file("lost.json"), no_folder];
    expected.sort();
    assert_eq!(found, expected);
}

/// Nothing is known of them, so nothing is said of what refers to them.
#[cfg(unix)]
#[test]
fn what_refers_to_something_unread_is_not_to_blame() {
    let folder = with_description("refers");
    std::os::unix::fs::symlink("nowhere.json", folder.join("link.json")).unwrap();
    std::os::unix::fs::symlink(".", folder.join("loop")).unwrap();
    fs::write(folder.join("large.json"), "\u{feff}").unwrap();
    fs::write(folder.join("latin.json"), b"\xff").unwrap();
    let refers = r#"{ "$defs": {
        "A": { "$ref": "link.json#/$defs/A" }, "B": { "$ref": "loop/common.json#/$defs/A" },
        "C": { "$ref": "latin.json#/$defs/A" }, "D": { "$ref": "large.json#/$defs/A" },
        "E": { "$ref": "loop.json#/$defs/A" } } }"#;
    fs::write(folder.join("refers.json"), refers).unwrap();
    let errors = errors(&folder);
    let refused: Vec<&String> =
        errors.iter().filter(|error| error.contains("refers.json")).collect();
    assert_eq!(errors.len(), 5, "{errors:?}");
    assert!(
        refused.len() == 1 && refused[0].contains("there is no file `loop.json`"),
        "{errors:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    // Where everybody may write: root, who reads everything, has somebody else try.
    let name = format!("wechat-bizwifi-unreadable-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("a.json");
    fs::write(&file, "{}").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let (found, is_root) = (errors(&folder), fs::read(&file).is_ok());
    fs::remove_dir_all(&folder).unwrap();
    if is_root {
        return passes_for_nobody("robustness::a_file_that_may_not_be_read_is_said");
    }
    let expected = format!("`{}` cannot be read: Permission denied (os error 13)", file.display());
    assert_eq!(found, [expected]);
}

/// Sees that a test passes for a user who may do nothing special.
#[cfg(unix)]
fn passes_for_nobody(test: &str) {
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65_534;
    // Not by its path: that may lie in a folder which nobody else may enter.
    let own = Path::new("/proc/self/exe");
    let program = if own.exists() { own.to_owned() } else { std::env::current_exe().unwrap() };
    let mut command = std::process::Command::new(program);
    let command = command.args([test, "--exact"]).current_dir("/").uid(NOBODY).gid(NOBODY);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_is_no_obstacle() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = with_description("name");
    let name = std::ffi::OsStr::from_bytes(b"\xff.json");
    if fs::write(folder.join(name), "{}").is_ok() {
        let errors = errors(&folder);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].starts_with("name/\u{fffd}.json:1:1: describes nothing"), "{errors:?}");
    }
}

#[test]
fn a_folder_without_descriptions_is_said() {
    let empty = scratch("empty");
    let help = "descriptions are files whose names end in `.json`";
    assert_eq!(errors(&empty), [format!("there is no description in `empty`; {help}")]);
    let missing = empty.join("missing");
    let expected =
        format!("`{}` cannot be read: No such file or directory (os error 2)", missing.display());
    assert_eq!(errors(&missing), [expected]);
    let file = folder("cli/good/common.json");
    let expected = format!("`{}` cannot be read: Not a directory (os error 20)", file.display());
    assert_eq!(errors(&file), [expected]);
}

#[test]
fn a_folder_that_is_named_as_a_description_is_none() {
    let folder = with_description("folder");
    fs::create_dir(folder.join("a.json")).unwrap();
    assert_eq!(errors(&folder), Vec::<String>::new());
}

#[test]
fn values_nested_deep_end_in_a_report() {
    for (open, close, depth) in
        [("[", "]", 100_000), ("[", "]", 400), ("{\"a\":", "}", 100_000), ("{\"not\":", "}", 80)]
    {
        for text in [open.repeat(depth), format!("{}1{}", open.repeat(depth), close.repeat(depth))]
        {
            assert_eq!(errors_of(&text).len(), 1, "{depth} of {open}");
        }
    }
}

#[test]
fn schemas_that_lead_to_each_other_far_end_in_a_report() {
    for schema in [
        "{ \"$ref\": \"#/$defs/NEXT\" }",
        "{ \"type\": \"array\", \"items\": { \"$ref\": \"#/$defs/NEXT\" } }",
        "{ \"type\": \"object\", \"additionalProperties\": { \"$ref\": \"#/$defs/NEXT\" } }",
        "{ \"type\": \"object\", \"properties\": { \"a\": { \"$ref\": \"#/$defs/NEXT\" } } }",
        "{ \"allOf\": [{ \"$ref\": \"#/$defs/NEXT\" }, { \"$ref\": \"#/$defs/NEXT\" }] }",
        "{ \"anyOf\": [{ \"type\": \"null\" }, { \"$ref\": \"#/$defs/NEXT\" }] }",
    ] {
        let errors = errors_of(&chain(schema, 1500));
        let is_depth = |error: &String| error.contains("lies deeper than 1000 schemas");
        assert!(errors.iter().any(is_depth), "{schema}: {:?}", errors.first());
    }
}

#[test]
fn so_many_schemas_may_lead_to_each_other_and_no_more() {
    let reference = "{ \"$ref\": \"#/$defs/NEXT\" }";
    // With the document, and the definition at the end.
    assert_eq!(errors_of(&chain(reference, 998)), [""; 0]);
    let errors = errors_of(&chain(reference, 999));
    assert!(errors.len() == 1 && errors[0].contains("lies deeper than 1000 schemas"), "{errors:?}");
}

/// Definitions each of which refers to the next, and a document that refers to the first.
fn chain(schema: &str, length: usize) -> String {
    let mut text = "{ \"$ref\": \"#/$defs/D0\", \"$defs\": {\n".to_owned();
    for index in 0..length {
        let schema = schema.replace("NEXT", &format!("D{}", index + 1));
        writeln!(text, "\"D{index}\": {schema},").unwrap();
    }
    writeln!(text, "\"D{length}\": {{ \"type\": \"string\" }} }} }}").unwrap();
    text
}

#[test]
fn numbers_of_any_size_end_in_a_report() {
    let nines = "9".repeat(100_000);
    for number in [
        &*nines,
        &format!("-{nines}"),
        &format!("0.{nines}"),
        &format!("1e{nines}"),
        "1e2147483647",
        "1e-2147483648",
        "1e2147483648",
        "-1e400",
        "170141183460469231731687303715884105727",
        "-170141183460469231731687303715884105728",
    ] {
        for keyword in ["minimum", "exclusiveMaximum", "multipleOf", "maxLength", "default"] {
            for json_type in ["integer", "number", "string"] {
                // None may panic; which of them are errors is tested elsewhere.
                errors_of(&format!("{{ \"type\": \"{json_type}\", \"{keyword}\": {number} }}"));
            }
        }
    }
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_unread() {
    let folder = with_description("large");
    let file = fs::File::create(folder.join("a.json")).unwrap();
    file.set_len(50_000_000).unwrap();
    let expected = "cannot be read: 50000000 bytes, and 16777216 are the most";
    let errors = errors(&folder);
    assert!(errors.len() == 1 && errors[0].ends_with(expected), "{errors:?}");
    let errors = errors_of(&" ".repeat(50_000_000));
    assert_eq!(errors, [format!("`a.json` {expected}")]);
}

/// A document with so many properties, each of this schema.
fn many_properties(count: usize, schema: &str) -> String {
    let mut text = "{ \"type\": \"object\", \"properties\": {\n".to_owned();
    for index in 0..count {
        let comma = if index == 0 { "" } else { "," };
        writeln!(text, "{comma}\"p{index}\": {schema}").unwrap();
    }
    text.push_str("}, \"additionalProperties\": false }");
    text
}

/// How much the work may grow where the input grows eightfold: in proportion it is 8 times as much,
/// squared it is 64 times.
const MOST_GROWTH: f64 = 16.0;

/// Sees that the work for so many properties grows with their number. What counts is the time that
/// the program spent on a processor, which nothing beside it makes much longer.
#[cfg(unix)]
fn assert_grows_in_proportion(document: impl Fn(usize) -> String) {
    let [few, many] = [2_000, 16_000].map(|count| seconds_of_work(&document(count)));
    assert!(many < MOST_GROWTH * few, "{few} s become {many} s");
}

/// The time on a processor, in seconds, that it takes to generate types or to say what is wrong.
#[cfg(unix)]
fn seconds_of_work(document: &str) -> f64 {
    let name = format!("work-{:?}", std::thread::current().id());
    let file = scratch(&name).join("document.json");
    fs::write(&file, document).unwrap();
    let script = "\"$0\" types \"$1\" >/dev/null 2>&1; times";
    let program = env!("CARGO_BIN_EXE_wechat-bizwifi-codegen");
    let mut shell = std::process::Command::new("sh");
    let output = shell.args(["-c", script, program]).arg(&file).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    // The second line is about what the shell has run: `0m0.420s 0m0.010s`.
    let times = said.lines().nth(1).unwrap().split_whitespace();
    times.map(seconds).sum()
}

/// Reads `1m2.5s`.
#[cfg(unix)]
fn seconds(time: &str) -> f64 {
    let (minutes, seconds) = time.strip_suffix('s').unwrap().split_once('m').unwrap();
    // Some locales write the fraction with a comma.
    let seconds: f64 = seconds.replace(',', ".").parse().unwrap();
    60.0 * minutes.parse::<f64>().unwrap() + seconds
}

#[test]
fn every_one_of_many_properties_is_generated_and_every_one_of_many_errors_is_reported() {
    let count = 5_000;
    let code =
        Builder::new("").types("a.json", &many_properties(count, "{ \"type\": \"integer\" }"));
    assert!(code.unwrap().contains("optional copy p4999: rt::Integer"));
    assert_eq!(errors_of(&many_properties(count, "{ \"type\": \"integr\" }")).len(), count);
}

#[cfg(unix)]
#[test]
fn the_work_of_generating_grows_with_the_number_of_properties() {
    assert_grows_in_proportion(|count| many_properties(count, "{ \"type\": \"integer\" }"));
}

#[cfg(unix)]
#[test]
fn the_work_of_reporting_grows_with_the_number_of_errors() {
    let misspelt = |count| many_properties(count, "{ \"type\": \"integr\" }");
    assert_grows_in_proportion(misspelt);
    assert_grows_in_proportion(|count| many_properties(count, "{ \"$ref\": \"#/$defs/nowhere\" }"));
    assert_grows_in_proportion(|count| misspelt(count).replace('\n', " "));
}

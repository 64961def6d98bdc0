//! Texts as a folder of descriptions: they end in Rust that parses, or in a report. A line of `---`
//! separates the files, the first of which is `common.json`.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use wechat_bizwifi_codegen::{Builder, Failure};

fuzz_target!(|bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else { return };
    for (index, text) in files(bytes).into_iter().enumerate() {
        let name = if index == 0 { "common.json" } else { &format!("{index}.json") };
        if fs::write(folder.path().join(name), text).is_err() {
            return;
        }
    }
    match Builder::new(folder.path()).generate() {
        Ok(code) => assert!(syn::parse_file(&code).is_ok(), "{code}"),
        Err(Failure::Descriptions(report)) => {
            assert!(!report.is_empty());
            assert!(report.render().ends_with("nothing was generated\n"));
        }
        Err(failure) => panic!("{failure}"),
    }
});

fn files(mut bytes: &[u8]) -> Vec<&[u8]> {
    const SEPARATOR: &[u8] = b"\n---\n";
    let mut files = Vec::new();
    while let Some(end) = bytes.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        files.push(&bytes[..end]);
        bytes = &bytes[end + SEPARATOR.len()..];
    }
    files.push(bytes);
    files
}

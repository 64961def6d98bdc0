//! A text as a JSON Schema document: it ends in Rust that parses, or in a report.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_bizwifi_codegen::{Builder, Failure};

fuzz_target!(|text: &str| {
    match Builder::new("").types("fuzz.json", text) {
        Ok(code) => assert!(syn::parse_file(&code).is_ok(), "{code}"),
        Err(Failure::Descriptions(report)) => {
            assert!(!report.is_empty());
            assert!(report.render().ends_with("nothing was generated\n"));
        }
        Err(failure) => panic!("{failure}"),
    }
});

//! Generates the API's types and calls from its descriptions.

use std::process::ExitCode;

fn main() -> ExitCode {
    wechat_bizwifi_codegen::Builder::new(wechat_bizwifi_schema::root()).runtime("crate").build()
}

//! Generates the API's types and calls from the descriptions in `schema/`.

use std::process::ExitCode;

fn main() -> ExitCode {
    wechat_bizwifi_codegen::Builder::new("schema").client_trait("CarrierCalls").build()
}

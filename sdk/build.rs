//! Generates the API's types and calls from its descriptions; or, without the feature `generate`,
//! makes sure that those in the source tree are of the same descriptions.

use std::process::ExitCode;

#[cfg(feature = "generate")]
fn main() -> ExitCode {
    wechat_bizwifi_codegen::Builder::new(wechat_bizwifi_schema::root())
        .runtime("crate")
        .in_tree("src/generated/mod.rs")
        .build()
}

#[cfg(not(feature = "generate"))]
fn main() -> ExitCode {
    println!("cargo::rustc-check-cfg=cfg(generated_in_tree)");
    println!("cargo::rustc-cfg=generated_in_tree");
    println!("cargo::rerun-if-changed=src/generated/FINGERPRINT");
    if include_str!("src/generated/FINGERPRINT").trim() == wechat_bizwifi_schema::FINGERPRINT {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "the descriptions in {} are not those that this crate's code was generated from: switch \
         on the feature `generate` of wechat-bizwifi, which generates it when it is built",
        wechat_bizwifi_schema::root().display()
    );
    ExitCode::FAILURE
}

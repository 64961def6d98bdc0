//! Who does not switch the feature `redis` on has nothing of it to compile.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::process::Command;

/// The crates that the SDK is compiled with.
fn tree(features: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "wechat-bizwifi", "--edges", "normal,build"])
        .args(["--prefix", "none", "--features", features])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn has(tree: &str, name: &str) -> bool {
    tree.lines().any(|line| line.split_whitespace().next() == Some(name))
}

#[test]
fn redis_is_compiled_with_its_feature_only() {
    let (without, with) = (tree("blocking,testing,webpki-roots,pattern"), tree("redis"));
    for name in ["redis", "chacha20poly1305"] {
        assert!(!has(&without, name), "{name}");
        assert!(has(&with, name), "{name}");
    }
    assert!(has(&without, "reqwest"));
}

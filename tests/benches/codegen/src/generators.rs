//! Both generators, timed.

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;

use crate::document;

/// Code, and how long it took to generate.
pub(crate) struct Generated {
    pub(crate) code: String,
    pub(crate) seconds: f64,
}

/// From a folder of descriptions, one file each, as a build script does it.
pub(crate) fn ours(size: usize, describe: fn(usize) -> Value, scratch: &Path) -> Generated {
    let folder = scratch.join(format!("schema-{size}"));
    fs::create_dir_all(&folder).expect("a folder");
    for index in 0..size {
        let text = serde_json::to_string_pretty(&describe(index)).expect("JSON");
        fs::write(folder.join(format!("{index}.json")), text).expect("a file");
    }
    timed(|| wechat_bizwifi_codegen::Builder::new(&folder).generate().expect("code"))
}

/// From one document in memory.
pub(crate) fn progenitor(size: usize) -> Generated {
    let text = document::openapi(size).to_string();
    timed(|| {
        let document = serde_json::from_str(&text).expect("an OpenAPI document");
        let mut generator = progenitor_impl::Generator::default();
        let tokens = generator.generate_tokens(&document).expect("tokens");
        prettyplease::unparse(&syn::parse2(tokens).expect("a file"))
    })
}

fn timed(generate: impl FnOnce() -> String) -> Generated {
    let begun = Instant::now();
    let code = generate();
    Generated { code, seconds: begun.elapsed().as_secs_f64() }
}

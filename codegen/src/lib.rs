//! Turns JSON Schema descriptions of an API's endpoints into Rust types and calls, with every rule
//! enforced or refused.
//!
//! The [wechat-bizwifi](https://docs.rs/wechat-bizwifi) SDK is generated with it. It can also
//! generate the client of any other API that answers with a return code in JSON.
//!
//! # In a build script
//!
//! ```toml
//! [dependencies]
//! wechat-bizwifi = "0.1"
//!
//! [build-dependencies]
//! wechat-bizwifi-codegen = "0.1"
//! ```
//!
//! ```no_run
//! // build.rs
//! use std::process::ExitCode;
//!
//! fn main() -> ExitCode {
//!     wechat_bizwifi_codegen::Builder::new("schema").build()
//! }
//! ```
//!
//! ```text
//! // src/lib.rs
//! include!(concat!(env!("OUT_DIR"), "/api.rs"));
//! ```
//!
//! The SDK's `Client` sends the generated requests: `client.send(&request)`, or by the method that
//! the generated trait `Calls` adds for each operation.
//!
//! Of plain JSON Schema documents, [`Builder::build_types`] makes types.
//!
//! # A description
//!
//! ```
//! let folder = std::env::temp_dir().join(format!("weather-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! std::fs::write(folder.join("forecast.json"), r#"{
//!   "operationId": "getForecast",
//!   "summary": "Forecasts the weather.",
//!   "method": "GET", "path": "/forecast", "security": "none", "idempotent": true,
//!   "request": {
//!     "type": "object", "additionalProperties": false, "required": ["city"],
//!     "properties": { "city": { "type": "string", "maxLength": 40 } }
//!   },
//!   "response": {
//!     "type": "object",
//!     "properties": {
//!       "errcode": { "type": "integer" }, "errmsg": { "type": "string" },
//!       "data": { "rustName": "Forecast", "type": "object",
//!         "properties": { "degrees": { "type": "number" } } } }
//!   },
//!   "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "/data" }
//! }"#)?;
//! let code = wechat_bizwifi_codegen::Builder::new(&folder).generate()?;
//! assert!(code.contains("pub struct GetForecast"));
//! assert!(code.contains("pub struct Forecast"));
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # All errors at once, and where they are
//!
//! A keyword that the generated code would not enforce is refused. In a description, a keyword that
//! is misspelt or has no effect is refused too. A plain JSON Schema document was not written for
//! this generator: there, a keyword without effect is a warning, and unknown keywords are
//! annotations. Everything is reported at once, with file, line, column, JSON pointer and what to
//! write instead:
//!
//! ```
//! let schema = r#"{ "type": "string", "maxLenght": 18, "minLength": "2" }"#;
//! let failure = wechat_bizwifi_codegen::Builder::new("").types("name.json", schema).unwrap_err();
//! let text = failure.to_string();
//! assert!(text.contains("name.json:1:21 /maxLenght: is not a keyword, and is ignored; did you mean"));
//! assert!(text.contains("name.json:1:51 /minLength: must be a whole number, found \"2\""));
//! ```
//!
//! # Sent strictly, received tolerantly
//!
//! A type that is part of a request enforces its whole schema: its fields are private, a builder
//! makes it and reports every broken rule at once, and `Deserialize` refuses a value that breaks a
//! rule. A type that is only received has public fields, and reads what servers really send:
//! numbers in quotes, `null` for an absent property, unknown properties and unknown values of an
//! enum.
//!
//! # The stages
//!
//! Files are read with the place of every value in them and understood as descriptions. Their
//! references are resolved, they are lowered to a model, their examples are checked; then the types
//! are planned, shaped by typify, emitted and formatted. Each stage goes on with whatever has no
//! error, and reports nothing that may only follow from an earlier error. Before code is emitted,
//! all errors are shown. The same input gives the same bytes, and no input makes the generator
//! panic.
//!
//! # What a change breaks
//!
//! [`Diff`] compares two versions of descriptions. It says what a change breaks in Rust code that
//! uses the generated items, what it breaks on the wire, and which version number must come next.
//!
//! # For other languages
//!
//! [`export::OpenApi`] makes one OpenAPI 3.1 document of a folder of descriptions.
//!
//! # Features
//!
//! A schema that needs a feature that is off is an error. These features are on by default; without
//! them the generator compiles faster:
//!
//! - `pattern`: the keywords `pattern` and `patternProperties`, and the format `regex`
//! - `uri`: the formats `uri`, `uri-reference`, `iri`, `iri-reference` and `uri-template`
//! - `idn`: the formats `idn-email` and `idn-hostname`
//! - `markdown`: descriptions in Markdown; paragraphs, code and links to pages need no feature
//! - `unicode-names`: names of types, fields and methods with letters beyond ASCII
//! - `excerpts`: reports show the lines of the file that a diagnostic is about; no schema needs it
//!
//! These are off by default, since no build script needs them:
//!
//! - `tools`: [`Diff`], [`export`], [`Validator`] and [`meta_schema`]
//! - `cli`: the program `wechat-bizwifi-codegen`, with all of the above: `generate`, `check`,
//!   `diff`, `types`, `list` and `export openapi`

// Many functions are called by `tools` alone.
#![cfg_attr(not(feature = "tools"), allow(dead_code, unreachable_pub, unused_imports))]

mod builder;
mod check_examples;
mod compile;
pub mod diagnostics;
#[cfg(feature = "tools")]
mod diff;
mod emit;
#[cfg(feature = "tools")]
pub mod export;
mod keep_properties;
mod lower;
mod markdown;
mod model;
mod names;
mod narrow_enums;
mod operations;
mod outcome;
mod output;
mod pattern;
mod pipeline;
mod plan;
mod render;
mod residuals;
mod resolve;
mod schema;
mod shape;
pub mod source;
mod util;
#[cfg(feature = "tools")]
mod validator;

pub use builder::Builder;
#[cfg(feature = "tools")]
pub use diff::{Change, Diff, Direction, Effect, Verdict};
pub use operations::OperationSummary;
pub use outcome::{Failure, Generated};
#[cfg(feature = "tools")]
pub use schema::{Draft, meta_schema};
#[cfg(feature = "tools")]
pub use validator::Validator;

//! Turns JSON Schema descriptions of an API's endpoints into Rust types and calls, with every rule
//! enforced or refused.
//!
//! The [wechat-bizwifi](https://docs.rs/wechat-bizwifi) SDK is generated with it, and so can be the
//! client of any API that answers with a return code in JSON.
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
//! A keyword that the generated code would not enforce is refused. In a description, so is one that is
//! misspelt or has no effect. A plain JSON Schema document was written for the world: what it says
//! without effect is a warning there, and unknown keywords are annotations. Everything is reported at
//! once, with file, line, column, JSON pointer and what to write instead:
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
//! A type that is part of a request enforces its whole schema: its fields are private, a builder makes
//! it and reports every broken rule at once, and `Deserialize` refuses what breaks one. A type that
//! is only received has public fields, and reads what servers really send: numbers in quotes,
//! `null` for what is left out, unknown properties and unknown values of an enum.
//!
//! # The stages
//!
//! Files are read with the place of everything in them, understood as descriptions, their
//! references resolved, lowered to a model, verified against their own examples, planned, shaped
//! by typify, emitted and formatted. Each stage goes on with what has no error, and says nothing
//! that may only follow from an error before it; at the gate before code is made, all errors are shown.
//! The same input gives the same bytes, and no input makes it panic.
//!
//! # What a change breaks
//!
//! [`Diff`] compares two versions of descriptions: what becomes of Rust code that uses what is
//! generated, and of what goes over the wire, with one verdict for the next version number.
//!
//! # For other languages
//!
//! [`export::OpenApi`] makes one OpenAPI 3.1 document of a folder of descriptions.
//!
//! # Features
//!
//! What schemas say is an error where its feature is off; these are on, but for who switches the
//! defaults off for the time that they take to compile:
//!
//! - `pattern`: the keywords `pattern` and `patternProperties`, and the format `regex`
//! - `uri`: the formats `uri`, `uri-reference`, `iri`, `iri-reference` and `uri-template`
//! - `idn`: the formats `idn-email` and `idn-hostname`
//! - `markdown`: descriptions in Markdown, but for paragraphs, code and links to pages, which are always taken
//! - `unicode-names`: names of types, fields and methods with letters beyond ASCII
//!
//! Reports are shorter without `excerpts`, which is on too: the lines of a file that a diagnostic is about.
//!
//! What no build script needs is off:
//!
//! - `tools`: [`Diff`], [`export`], [`Validator`] and [`meta_schema`]
//! - `cli`: the program `wechat-bizwifi-codegen`, with all of the above: `generate`, `check`, `diff`,
//!   `types`, `list` and `export openapi`

// Much of what they ask for is asked for by nothing else.
#![cfg_attr(not(feature = "tools"), allow(dead_code, unreachable_pub, unused_imports))]

mod builder;
mod check_examples;
mod collect_vec;
mod compile;
pub mod diagnostics;
#[cfg(feature = "tools")]
mod diff;
mod emit;
#[cfg(feature = "tools")]
pub mod export;
mod lower;
mod make_room;
mod map;
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
mod repeated;
mod residuals;
mod resolve;
mod schema;
mod shape;
mod sort;
pub mod source;
#[cfg(feature = "tools")]
mod validator;
mod wording;

pub use builder::Builder;
#[cfg(feature = "tools")]
pub use diff::{Change, Diff, Effect, Verdict, Way};
pub use operations::OperationSummary;
pub use outcome::{Failure, Generated};
#[cfg(feature = "tools")]
pub use schema::{Draft, meta_schema};
#[cfg(feature = "tools")]
pub use validator::Validator;

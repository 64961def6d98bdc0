//! Exports descriptions as one OpenAPI 3.1 document.
//!
//! ```text
//! { "operationId": "openShop", "path": "/shop/open", "request": { .. }, .. }
//!
//! { "openapi": "3.1.0", .., "paths": { "/shop/open": { "post": { "operationId": "openShop", .. } } } }
//! ```
//!
//! The document is made from the schemas themselves, keyword by keyword, and not from the model. So
//! it has every rule, also those that no Rust type enforces.

mod components;
mod json;
mod keywords;
mod operation;
mod prose;
mod query;
mod schema;

use std::path::{Path, PathBuf};

use components::SchemaWriter;
use json::{Fields, Json};

use crate::outcome::{Failure, on_ample_stack, reporting};
use crate::output::write_if_changed;
use crate::pipeline;
use crate::schema::{ReturnCode, class_name};
use crate::source::Sources;

/// Exports a folder of descriptions as one OpenAPI 3.1 document.
///
/// ```
/// use wechat_bizwifi_codegen::export::OpenApi;
///
/// let document = OpenApi::new("../schema").title("Wi-Fi coupons").document()?;
/// assert!(document.contains("\"operationId\": \"getCouponPlacement\""));
/// # Ok::<(), wechat_bizwifi_codegen::Failure>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is exported until the document is asked for"]
pub struct OpenApi {
    folder: PathBuf,
    title: String,
    version: String,
    servers: Vec<String>,
    format: Format,
}

/// The format of an exported document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// YAML in block style.
    Yaml,
}

/// The name of the security scheme.
const TOKEN_SCHEME: &str = "accessToken";

impl OpenApi {
    /// Exports the descriptions in this folder and in the folders below it.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            title: "API".to_owned(),
            version: "1".to_owned(),
            servers: Vec::new(),
            format: Format::Json,
        }
    }

    /// The API's title. Default: `API`.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The API's version. Default: `1`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Adds the URL of a server. Default: WeChat's general host, and its host for disaster
    /// recovery.
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.servers.push(url.into());
        self
    }

    /// The document's format. Default: JSON.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Makes the document and returns its text.
    ///
    /// # Errors
    ///
    /// If the descriptions have errors, or say something that OpenAPI cannot.
    pub fn document(&self) -> Result<String, Failure> {
        let exported = on_ample_stack(&|| {
            reporting(|reporter| {
                let sources = Sources::load(&self.folder, reporter);
                pipeline::with_api(&sources, reporter, |api, _| {
                    self.root(&mut SchemaWriter::new(api, reporter))
                })
            })
        });
        exported.map(|(document, _)| match self.format {
            Format::Json => document.to_json(),
            Format::Yaml => document.to_yaml(),
        })
    }

    /// Writes the document to a file if the file's bytes would change.
    ///
    /// # Errors
    ///
    /// As [`document`](Self::document), or if the file cannot be written.
    pub fn write_to(&self, file: impl AsRef<Path>) -> Result<(), Failure> {
        let file = file.as_ref();
        write_if_changed(file, &self.document()?)
            .map_err(|error| Failure::Output(file.to_owned(), error))
    }

    /// The root object of the document.
    fn root(&self, schemas: &mut SchemaWriter<'_, '_>) -> Json {
        let api = schemas.api;
        let info = Fields::new().with("title", &self.title).with("version", &self.version);
        let codes = api.descriptions.codes.iter().map(return_code).collect();
        Fields::new()
            .with("openapi", "3.1.0")
            .with("info", info)
            .with("servers", self.servers())
            .with("paths", operation::paths(schemas))
            .with("components", components(schemas))
            .with_list("x-return-codes", codes)
            .into()
    }

    fn servers(&self) -> Json {
        let given = |url: &String| Fields::new().with("url", url).into();
        let default = |(url, description): (&str, &str)| {
            let server = Fields::new().with("url", url);
            server.with("description", description).into()
        };
        Json::Array(match &self.servers[..] {
            [] => prose::SERVERS.map(default).into(),
            servers => servers.iter().map(given).collect(),
        })
    }
}

/// The schemas that the paths refer to, and how calls are authorised.
fn components(writer: &mut SchemaWriter<'_, '_>) -> Fields {
    let needs_token = writer.api.descriptions.endpoints.iter().any(|it| it.needs_token);
    let scheme = Fields::new()
        .with("type", "apiKey")
        .with("in", "query")
        .with("name", "access_token")
        .with("description", prose::TOKEN);
    let schemes = needs_token.then(|| Fields::new().with(TOKEN_SCHEME, scheme));
    Fields::new().with("schemas", writer.take_components()).with_some("securitySchemes", schemes)
}

fn return_code(code: &ReturnCode) -> Json {
    Fields::new()
        .with("code", Json::raw(code.code))
        .with_some("name", code.name.as_deref())
        .with("class", class_name(code.class))
        .with("meaning", &code.meaning)
        .into()
}

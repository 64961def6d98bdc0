//! From arguments to what is done.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::{Map, Value};
use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{AnyOperation, Client, OPERATIONS};

use crate::campaign::cells;
use crate::campaign::{Campaign, CampaignFile};
use crate::descriptions::{Descriptions, Operation};
use crate::exit::{Exit, Failure};
use crate::language::Language;
use crate::{commands, credentials, demo, doctor, output};

/// Does what the arguments ask for.
///
/// # Errors
///
/// When it cannot be done.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> Result<Exit, Failure> {
    let arguments: Vec<OsString> = arguments.collect();
    let language = language(&arguments);
    let descriptions = Descriptions::load().map_err(Failure::usage)?;
    let command = commands::command(&descriptions, language);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version come this way too.
            error.print().map_err(Failure::stopped)?;
            return Ok(if error.use_stderr() { Exit::Usage } else { Exit::Done });
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::stopped)?;
    runtime.block_on(Run { descriptions, language }.command(&matches))
}

/// The option counts before the command line is built, whose help it is about.
fn language(arguments: &[OsString]) -> Language {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(text) = texts.next() {
        if let Some(value) = text.strip_prefix("--lang=") {
            return Language::of(value);
        }
        if text == "--lang" {
            return Language::of(texts.next().unwrap_or_default());
        }
    }
    Language::from_locale()
}

struct Run {
    descriptions: Descriptions,
    language: Language,
}

/// A client, and whose account it speaks for.
struct Session {
    client: Client,
    appid: String,
    source: String,
    /// The demo's server, which lives as long as the session.
    _server: Option<TestServer>,
}

impl Run {
    async fn command(&self, matches: &ArgMatches) -> Result<Exit, Failure> {
        let Some((name, given)) = matches.subcommand() else { return Ok(Exit::Usage) };
        match name {
            "campaign" => self.campaign(given).await,
            "call" => {
                let id = text(given, "operation");
                self.call(&id, request_from(&text(given, "json"))?, given).await
            }
            "describe" => self.describe(&text(given, "operation")),
            "doctor" => {
                let session = self.session(given)?;
                doctor::run(&session.client, &session.source, self.language).await
            }
            "serve" => self.serve(given).await,
            "completions" => self.completions(given),
            "man" => self.man(),
            command => {
                let operations = self.descriptions.operations();
                let found = operations.iter().find(|operation| operation.command == command);
                let operation = found.ok_or_else(|| Failure::usage(command))?;
                self.call(&operation.id, request_of(operation, given)?, given).await
            }
        }
    }

    fn session(&self, given: &ArgMatches) -> Result<Session, Failure> {
        if given.get_flag("demo") {
            return self.demo(given);
        }
        let named = given.get_one::<PathBuf>("credentials").map(PathBuf::as_path);
        let found = credentials::find(named).map_err(Failure::usage)?;
        let mut builder = Client::builder(found.credentials);
        if let Some(url) = given.get_one::<String>("base-url") {
            builder = builder.base_url(url.as_str());
        }
        let client = builder.build().map_err(Failure::usage)?;
        Ok(Session { client, appid: found.appid, source: found.source, _server: None })
    }

    fn demo(&self, given: &ArgMatches) -> Result<Session, Failure> {
        let stores = given.try_get_one::<u32>("stores").ok().flatten().copied().unwrap_or(20);
        let server = demo::start(([127, 0, 0, 1], 0).into(), stores)?;
        let client = server.client_builder().build().map_err(Failure::usage)?;
        let source = self.language.say("the demo server's account", "演示服务器的账号").to_owned();
        Ok(Session { client, appid: demo::APPID.to_owned(), source, _server: Some(server) })
    }

    async fn campaign(&self, given: &ArgMatches) -> Result<Exit, Failure> {
        let Some((name, given)) = given.subcommand() else { return Ok(Exit::Usage) };
        let operations = self.descriptions.operations();
        let set = operations.iter().find(|operation| operation.id == "setCouponPlacement");
        let set =
            set.ok_or_else(|| Failure::usage("the descriptions have no setCouponPlacement"))?;
        let path = given.get_one::<PathBuf>("file").cloned().unwrap_or_default();
        let separator = given.get_one::<String>("separator");
        let separator =
            separator.map(|name| if name == "tab" { b'\t' } else { name.as_bytes()[0] });
        let file = CampaignFile::open(&path, separator, set)
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        if name == "apply" {
            self.confirm(given, file.rows)?;
        }
        let session = self.session(given)?;
        let campaign = Campaign {
            client: &session.client,
            appid: &session.appid,
            file: &file,
            path: &path,
            rate: given.get_one("rate").copied().unwrap_or(300),
            concurrency: given.get_one::<u16>("concurrency").copied().map_or(8, usize::from),
            report: given.get_one::<PathBuf>("report").map(PathBuf::as_path),
            language: self.language,
            now: demo::now(),
        };
        note(&format!(
            "{} ({}), {}: {}, {} {}",
            session.appid,
            session.source,
            path.display(),
            file.encoding,
            file.rows,
            self.language.say("rows", "行")
        ));
        match name {
            "plan" => campaign.plan().await,
            "apply" => campaign.apply().await,
            _ => campaign.status().await,
        }
    }

    /// Asks before anything is written; where nobody can answer, `--yes` has to be there.
    fn confirm(&self, given: &ArgMatches, rows: u64) -> Result<(), Failure> {
        if given.get_flag("yes") {
            return Ok(());
        }
        if !io::stdin().is_terminal() {
            let message = self.language.say(
                "there is no terminal to ask on: add --yes to place without being asked",
                "没有可供询问的终端：如需直接投放，请加 --yes",
            );
            return Err(Failure::usage(message));
        }
        let question =
            self.language.say("rows will be applied. Go on? [y/N]", "行将被投放。继续？[y/N]");
        note(&format!("{rows} {question}"));
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).map_err(Failure::stopped)?;
        if matches!(answer.trim(), "y" | "Y" | "yes") {
            return Ok(());
        }
        Err(Failure::usage(self.language.say("nothing was placed", "未投放任何内容")))
    }

    async fn call(&self, id: &str, request: Value, given: &ArgMatches) -> Result<Exit, Failure> {
        let operation = AnyOperation::find(OPERATIONS, id).ok_or_else(|| Failure::usage(id))?;
        let session = self.session(given)?;
        let reply = operation.call(&session.client, &request).await.map_err(|error| {
            let usage = error.kind() == wechat_bizwifi::ErrorKind::Invalid;
            if usage { Failure::usage(&error) } else { Failure::stopped(&error) }
        })?;
        printed(output::print(&reply, text(given, "output") == "json"))
    }

    fn describe(&self, id: &str) -> Result<Exit, Failure> {
        let operations = self.descriptions.operations();
        let found = operations.iter().find(|operation| operation.id == id);
        let operation = found.ok_or_else(|| Failure::usage(id))?;
        printed(output::print(&operation.json, true))
    }

    async fn serve(&self, given: &ArgMatches) -> Result<Exit, Failure> {
        let fallback = ([127, 0, 0, 1], 8080).into();
        let address = given.get_one("address").copied().unwrap_or(fallback);
        let stores = given.get_one::<u32>("stores").copied().unwrap_or(20);
        let server = demo::start(address, stores)?;
        let facts = serde_json::json!({
            "base_url": server.base_url(), "appid": demo::APPID, "secret": server.secret().expose(),
            "card_id": demo::CARD, "stores": stores
        });
        output::print(&facts, true).map_err(Failure::stopped)?;
        tokio::signal::ctrl_c().await.map_err(Failure::stopped)?;
        Ok(Exit::Done)
    }

    fn completions(&self, given: &ArgMatches) -> Result<Exit, Failure> {
        let mut command = commands::command(&self.descriptions, self.language);
        let mut script = Vec::new();
        if let Some(shell) = given.get_one::<clap_complete::Shell>("shell").copied() {
            clap_complete::generate(shell, &mut command, "wechat-bizwifi", &mut script);
        }
        printed(io::stdout().write_all(&script))
    }

    fn man(&self) -> Result<Exit, Failure> {
        let command = commands::command(&self.descriptions, self.language);
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).map_err(Failure::stopped)?;
        printed(io::stdout().write_all(&page))
    }
}

/// Says something that is no data.
fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A reader that has seen enough, such as `head`, is no failure.
fn printed(written: io::Result<()>) -> Result<Exit, Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::stopped(error)),
        _ => Ok(Exit::Done),
    }
}

fn text(given: &ArgMatches, name: &str) -> String {
    given.get_one::<String>(name).cloned().unwrap_or_default()
}

/// A request as JSON, from a file or from the standard input.
fn request_from(place: &str) -> Result<Value, Failure> {
    let read = if place == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(place)
    };
    let text = read.map_err(|error| Failure::usage(format!("{place}: {error}")))?;
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| Failure::usage(format!("{place}: {error}")))
}

/// A request from the options of its command.
fn request_of(operation: &Operation, given: &ArgMatches) -> Result<Value, Failure> {
    if given.contains_id("json") {
        return request_from(&text(given, "json"));
    }
    let mut request = Map::new();
    for property in &operation.properties {
        let Some(value) = given.get_one::<String>(&commands::argument_id(property)) else {
            continue;
        };
        let read = cells::read(property.kind, value).map_err(|error| {
            Failure::usage(format!("--{}: {error}", commands::option(property)))
        })?;
        request.insert(property.name.clone(), read.value.unwrap_or_else(|| value.clone().into()));
    }
    Ok(Value::Object(request))
}

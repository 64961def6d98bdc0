//! From arguments to what is done.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Map, Value};
use wechat_bizwifi::{AnyOperation, Client, Error, OPERATIONS};

use crate::campaign::cells;
use crate::campaign::{Campaign, CampaignFile, Limits};
use crate::descriptions::{Descriptions, Operation};
use crate::exit::{Exit, Failure};
use crate::language::{self, Language, counted, say};
use crate::output::note;
use crate::session::Session;
use crate::text::decoded;
use crate::{commands, demo, doctor, output};

/// Does what the arguments ask for.
///
/// # Errors
///
/// When it cannot be done.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> Result<Exit, Failure> {
    let arguments: Vec<OsString> = arguments.collect();
    let language = chosen_language(&arguments);
    language::speak(language);
    let descriptions = Descriptions::load().map_err(Failure::usage)?;
    let command = commands::command(&descriptions, language);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version come this way too.
            let done = printed(commands::print(&error, language))?;
            return Ok(if error.use_stderr() { Exit::Usage } else { done });
        }
    };
    // Rows wait for replies, and compute little: threads would hand each reply over, and gain nothing.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::stopped)?;
    runtime.block_on(Run { descriptions, language }.command(&matches))
}

/// The option counts before the command line is built, whose help it is about.
fn chosen_language(arguments: &[OsString]) -> Language {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(text) = texts.next() {
        if let Some(value) = text.strip_prefix("--lang=") {
            return Language::of(value);
        }
        if text == "--lang" {
            return Language::of(texts.next().unwrap_or_default());
        }
    }
    language::from_locale()
}

struct Run {
    descriptions: Descriptions,
    language: Language,
}

impl Run {
    async fn command(&self, matches: &ArgMatches) -> Result<Exit, Failure> {
        let Some((name, given)) = matches.subcommand() else { return Ok(Exit::Usage) };
        match name {
            "campaign" => Box::pin(self.campaign(given)).await,
            "call" => {
                let id = text(given, "operation");
                self.call(&id, request_from(&text(given, "json"))?, given).await
            }
            "describe" => self.describe(given),
            "doctor" => doctor::run(&Session::begin(given)?, is_json(given)).await,
            "serve" => self.serve(given).await,
            "completions" => self.completions(given),
            "man" => self.man(),
            command => {
                let operation = self.operation(command)?;
                self.call(&operation.id, request_of(&operation, given)?, given).await
            }
        }
    }

    async fn campaign(&self, given: &ArgMatches) -> Result<Exit, Failure> {
        let Some((command, given)) = given.subcommand() else { return Ok(Exit::Usage) };
        let path = path_of(given, "file").unwrap_or_default();
        let file = self.campaign_file(&path, given)?;
        let session = Session::begin(given)?;
        announce(&session, &path, &file);
        if command == "apply" {
            confirm(given, &file)?;
        }
        let campaign = Campaign {
            client: &session.client,
            account_name: &session.account_name(),
            file: &file,
            path: &path,
            limits: limits(given),
            report: path_of(given, "report"),
            plan: path_of(given, if command == "plan" { "save" } else { "plan" }),
            as_json: is_json(given),
            now: demo::now(),
        };
        match command {
            "plan" => campaign.plan().await,
            "apply" => Box::pin(campaign.apply()).await,
            _ => campaign.status().await,
        }
    }

    fn campaign_file(&self, path: &Path, given: &ArgMatches) -> Result<CampaignFile, Failure> {
        let separator = given.get_one::<String>("separator").map(|name| match name.as_str() {
            "tab" => b'\t',
            "semicolon" | ";" => b';',
            _ => b',',
        });
        CampaignFile::open(path, separator, &self.operation("setCouponPlacement")?)
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
    }

    /// The operation that has this id, or this command.
    fn operation(&self, name: &str) -> Result<Operation, Failure> {
        let mut operations = self.descriptions.operations().into_iter();
        let found = operations.find(|found| found.id == name || found.command == name);
        found.ok_or_else(|| no_operation(name))
    }

    async fn call(&self, id: &str, request: Value, given: &ArgMatches) -> Result<Exit, Failure> {
        let operation = AnyOperation::find(OPERATIONS, id).ok_or_else(|| no_operation(id))?;
        let session = Session::begin(given)?;
        let reply = Self::reply(operation, &session.client, &request).await;
        let reply = reply.map_err(|error| Failure::of_call(&error))?;
        printed(output::print(&reply, is_json(given)))
    }

    /// The reply; where there are pages and the request names none, the items of all of them.
    async fn reply(
        operation: &AnyOperation,
        client: &Client,
        request: &Value,
    ) -> Result<Value, Error> {
        let paging = operation.operation().paging;
        let listing = request
            .as_object()
            .filter(|request| paging.is_some_and(|paging| !request.contains_key(paging.position)));
        let listing = listing.and_then(|request| operation.pages(client, request));
        let Some(mut pages) = listing else { return operation.call(client, request).await };
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push(item?);
        }
        Ok(Value::Array(items))
    }

    fn describe(&self, given: &ArgMatches) -> Result<Exit, Failure> {
        let operation = self.operation(&text(given, "operation"))?;
        let described = self.descriptions.described(&operation);
        let shown = if given.get_flag("example") { &described["example"] } else { &described };
        printed(output::print(shown, true))
    }

    async fn serve(&self, given: &ArgMatches) -> Result<Exit, Failure> {
        let address = given.get_one("address").copied();
        let address = address.ok_or_else(|| Failure::usage("--address"))?;
        let stores = number(given, "stores");
        let server = demo::start(address, stores)?;
        let facts = serde_json::json!({
            "base_url": server.base_url(), "appid": demo::APPID, "secret": server.secret().expose(),
            "card_id": demo::CARD, "stores": stores
        });
        printed(output::print(&facts, true))?;
        // Whoever only wants the facts closes the output, and the server goes on.
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

fn no_operation(name: &str) -> Failure {
    Failure::usage(say!("there is no operation {name}", "没有接口 {name}"))
}

/// Says whose account it is, and what is read.
fn announce(session: &Session, path: &Path, file: &CampaignFile) {
    let (Session { appid, source, .. }, CampaignFile { encoding, rows, .. }) = (session, file);
    let (path, shown) = (path.display(), counted(*rows, "row"));
    note(&say!(
        "{appid} ({source}), {path}: {encoding}, {shown}",
        "{appid}（{source}），{path}：{encoding}，{rows} 行"
    ));
}

/// Asks before anything is written. If there is no terminal to answer at, `--yes` is required.
fn confirm(given: &ArgMatches, file: &CampaignFile) -> Result<(), Failure> {
    if given.get_flag("yes") {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(say!(
            "there is no terminal to ask on: add --yes to place without being asked",
            "没有可供询问的终端：如需直接投放，请加 --yes"
        )));
    }
    let (rows, shown) = (file.rows, counted(file.rows, "row"));
    let all = if file.has_all() {
        say!(" (one of them for every other store)", "（其中一行表示其余全部门店）")
    } else {
        String::new()
    };
    note(&say!(
        "{shown}{all} will be applied. Go on? [y/N]",
        "{rows} 行{all}将被投放。继续？[y/N]"
    ));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(Failure::stopped)?;
    if matches!(answer.trim(), "y" | "Y" | "yes" | "是") {
        return Ok(());
    }
    Err(Failure::usage(say!("nothing was placed", "未投放任何内容")))
}

fn limits(given: &ArgMatches) -> Limits {
    Limits {
        rate: number(given, "rate"),
        concurrency: number::<u16>(given, "concurrency").into(),
        max_changes: given.try_get_one("max-changes").ok().flatten().copied(),
        days: number(given, "days"),
    }
}

/// The number of an option, which has a default in every command that has the option.
fn number<T: Copy + Default + Send + Sync + 'static>(given: &ArgMatches, name: &str) -> T {
    given.try_get_one(name).ok().flatten().copied().unwrap_or_default()
}

fn is_json(given: &ArgMatches) -> bool {
    text(given, "output") == "json"
}

fn path_of(given: &ArgMatches, name: &str) -> Option<PathBuf> {
    given.try_get_one::<PathBuf>(name).ok().flatten().cloned()
}

/// A command that does nothing but print.
fn printed(written: io::Result<()>) -> Result<Exit, Failure> {
    output::printed(written).map(|()| Exit::Done)
}

fn text(given: &ArgMatches, name: &str) -> String {
    given.get_one::<String>(name).cloned().unwrap_or_default()
}

/// A request as JSON, from a file or from the standard input.
fn request_from(place: &str) -> Result<Value, Failure> {
    let read = if place == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(place)
    };
    let text = read.and_then(|bytes| decoded(&bytes));
    let text = text.map_err(|error| {
        Failure::usage(if place.trim_start().starts_with('{') {
            say!(
                "--json takes a file with JSON, or - for standard input, not the JSON itself",
                "--json 的值是 JSON 文件，或表示标准输入的 -，而不是 JSON 本身"
            )
        } else {
            format!("{place}: {}", language::of_input(&error))
        })
    })?;
    cells::json(&text).map_err(|error| Failure::usage(format!("{place}: {error}")))
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

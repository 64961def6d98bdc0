//! A campaign from the command line, beside loops by hand with the same concurrency: the account's
//! stores and its card are read, then each row's store is read and its coupon placed. One of the loops
//! has a journal that is synced in the same way: each row is noted before it is placed, and after.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use reqwest::Client;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::documents::{GET_PATH, GetRequest, SET_PATH, SetRequest};
use crate::process::{self, processor_of_children};

const STORES: usize = 10_000;
const AT_ONCE: usize = 32;
const ROUNDS: usize = 3;

/// What places the rows.
#[derive(Clone, Copy)]
enum Placer {
    CommandLine,
    Loop,
    LoopWithJournal,
}

const PLACERS: [(Placer, &str); 3] = [
    (Placer::CommandLine, "command line"),
    (Placer::Loop, "by hand, without a journal"),
    (Placer::LoopWithJournal, "by hand, with a journal"),
];

/// Prints the table; `program` is the command line, optimised.
pub(crate) fn print(program: &str) {
    let folder = std::env::temp_dir().join(format!("campaign-bench-{}", std::process::id()));
    fs::create_dir(&folder).expect("a folder");
    let mut best = [[f64::INFINITY; 2]; PLACERS.len()];
    for _ in 0..ROUNDS {
        for (times, (placer, _)) in best.iter_mut().zip(PLACERS) {
            let found = measure(program, &folder, placer);
            *times = [times[0].min(found[0]), times[1].min(found[1])];
        }
    }
    println!("| | stores a second | ours ÷ it | processor for each store | ours ÷ it |");
    println!("|---|---|---|---|---|");
    let each = 1.0 / u32::try_from(STORES).map_or(f64::NAN, f64::from);
    let [ours, ..] = best;
    for ((_, name), [clock, processor]) in PLACERS.iter().zip(best) {
        let (rate, cost) = (1.0 / (clock * each), processor * each * 1e6);
        let ratios = [ours[0] / clock, ours[1] / processor];
        println!("| {name} | {rate:.0} | {:.2} | {cost:.1} µs | {:.2} |", ratios[0], ratios[1]);
    }
    fs::remove_dir_all(&folder).expect("an end");
}

/// Seconds on the clock, and on the processor.
fn measure(program: &str, folder: &Path, placer: Placer) -> [f64; 2] {
    let (server, facts) = Serving::start(program);
    let rows = folder.join("a.csv");
    let _ = fs::remove_file(folder.join("a.csv.journal"));
    fs::write(&rows, csv(&facts)).expect("rows");
    let base = text(&facts["base_url"]);
    let path = rows.to_str().expect("a path in UTF-8").to_owned();
    let (rate, concurrency) = ("100000000".to_owned(), AT_ONCE.to_string());
    let mut command = match placer {
        Placer::Loop => process::this_on_core(&["run-campaign", &base, &path]),
        Placer::LoopWithJournal => {
            process::this_on_core(&["run-campaign", &base, &path, "with-journal"])
        }
        Placer::CommandLine => {
            let words = ["--base-url", &base, "campaign", "apply", &path, "--yes"];
            let limits = ["--rate", &rate, "--concurrency", &concurrency];
            process::program_on_core(program, &[&words[..], &limits[..]].concat())
        }
    };
    command.env("WECHAT_BIZWIFI_APPID", text(&facts["appid"]));
    command.env("WECHAT_BIZWIFI_SECRET", text(&facts["secret"]));
    let (begun, before) = (Instant::now(), processor_of_children());
    process::succeed(command);
    let found = [begun.elapsed().as_secs_f64(), processor_of_children() - before];
    drop(server);
    found
}

/// The embedded server in a process of its own. It ends with this value.
struct Serving(Child);

impl Serving {
    fn start(program: &str) -> (Self, Value) {
        let stores = STORES.to_string();
        let words = ["serve", "--address", "127.0.0.1:0", "--stores", &stores];
        let mut child = process::server_on_core(program, &words)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command line");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let mut facts = serde_json::Deserializer::from_reader(output).into_iter();
        let facts = facts.next().expect("what it serves").expect("JSON");
        (Self(child), facts)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().expect("a process to end");
        self.0.wait().expect("its end");
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

fn csv(facts: &Value) -> String {
    let card = text(&facts["card_id"]);
    let end = std::time::UNIX_EPOCH.elapsed().expect("a clock").as_secs() + 86_400;
    let header = "shop_id,card_id,card_describe,start_time,end_time,card_quantity\n".to_owned();
    let rows = (1..=STORES).map(|store| format!("{store},{card},10元代金券,1700000000,{end},10\n"));
    iter::once(header).chain(rows).collect()
}

/// The loop by hand: what a process of its own does.
pub(crate) fn run(base: &str, path: &str, has_journal: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(place_all(base, Path::new(path), has_journal));
}

async fn place_all(base: &str, path: &Path, has_journal: bool) {
    let mut by_hand = ByHand::new(base, path).await;
    by_hand.read_stores().await;
    if has_journal {
        by_hand.journal = Some(journal(path.with_extension("csv.journal")));
    }
    let by_hand = Arc::new(by_hand);
    let tasks: Vec<_> = (0..AT_ONCE).map(|_| tokio::spawn(by_hand.clone().place_rows())).collect();
    for task in tasks {
        task.await.expect("a task that ends");
    }
}

type Journal = Sender<(String, oneshot::Sender<()>)>;

struct ByHand {
    client: Client,
    base: String,
    token: String,
    stores: HashSet<i64>,
    rows: Mutex<Box<dyn Iterator<Item = String> + Send>>,
    journal: Option<Journal>,
}

impl ByHand {
    async fn new(base: &str, path: &Path) -> Self {
        let client = Client::new();
        let secret = |name| std::env::var(name).expect("credentials");
        let asked = json!({
            "grant_type": "client_credential",
            "appid": secret("WECHAT_BIZWIFI_APPID"),
            "secret": secret("WECHAT_BIZWIFI_SECRET"),
        });
        let url = format!("{base}/cgi-bin/stable_token");
        let reply = client.post(url).json(&asked).send().await.expect("a reply");
        let token = text(&reply.json::<Value>().await.expect("a token")["access_token"]);
        let lines = BufReader::new(File::open(path).expect("rows")).lines().skip(1);
        let rows = Mutex::new(Box::new(lines.map(|line| line.expect("a row"))) as _);
        let (base, stores) = (base.to_owned(), HashSet::new());
        Self { client, base, token, stores, rows, journal: None }
    }

    async fn read_stores(&mut self) {
        for page in 1.. {
            let asked = json!({ "pageindex": page, "pagesize": 20 });
            let reply = self.send("/bizwifi/shop/list", &asked).await;
            let records = reply["data"]["records"].as_array().expect("stores");
            self.stores.extend(records.iter().map(|store| store["shop_id"].as_i64().expect("an id")));
            if reply["data"]["pagecount"] == page {
                return;
            }
        }
    }

    async fn place_rows(self: Arc<Self>) {
        while let Some(row) = self.next_row() {
            let cells: Vec<&str> = row.split(',').collect();
            let number = |cell: usize| cells[cell].parse().expect("a number");
            let request = SetRequest {
                shop_id: number(0),
                card_id: cells[1].to_owned(),
                card_describe: cells[2].to_owned(),
                start_time: number(3),
                end_time: number(4),
                card_quantity: number(5),
            };
            assert!(self.stores.contains(&request.shop_id), "the account has the store");
            let placed = self.send(GET_PATH, &GetRequest { shop_id: request.shop_id }).await;
            assert!(placed["data"]["card_id"].is_null(), "nothing is placed yet: {placed}");
            self.note(&request, "sending").await;
            assert_eq!(self.send(SET_PATH, &request).await["errcode"], 0);
            self.note(&request, "placed").await;
        }
    }

    fn next_row(&self) -> Option<String> {
        self.rows.lock().expect("no panic before").next()
    }

    async fn send(&self, path: &str, request: &impl Serialize) -> Value {
        let post = self.client.post(format!("{}{path}", self.base));
        let sent = post.query(&[("access_token", &self.token)]).json(request).send().await;
        sent.expect("a reply").json().await.expect("JSON")
    }

    async fn note(&self, request: &SetRequest, state: &str) {
        let Some(journal) = &self.journal else { return };
        let line = json!({ "request": request, "state": state }).to_string() + "\n";
        let (done, written) = oneshot::channel();
        journal.send((line, done)).expect("a journal");
        written.await.expect("a line on the disk");
    }
}

/// Writes what comes, and syncs once for all that waits.
fn journal(path: PathBuf) -> Journal {
    let (lines, incoming): (_, Receiver<(String, oneshot::Sender<()>)>) = channel();
    let mut file = File::create(path).expect("a journal");
    thread::spawn(move || {
        while let Ok(first) = incoming.recv() {
            let waiting: Vec<_> = iter::once(first).chain(incoming.try_iter()).collect();
            let text: String = waiting.iter().map(|(line, _)| line.as_str()).collect();
            file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).expect("a disk");
            for (_, done) in waiting {
                done.send(()).expect("somebody who waits");
            }
        }
    });
    lines
}

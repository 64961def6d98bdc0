//! What was tried and what came of it: a line of JSON for each step, synced before it counts.
//!
//! ```text
//! {"began":{"process":4711,"at":"2026-12-01T00:00:00Z"}}
//! {"account":"wx1","store":7,"request":"{…}","line":2,"state":"sending"}    before it is sent
//! {"account":"wx1","store":7,"request":"{…}","line":2,"state":"placed"}     after the reply
//! ```
//!
//! A row is known by its account, its store and the whole request, not by its position, so that a
//! file may be sorted, shortened and edited between two runs. What was last tried in a store counts.
//! Lines that wait at the same time are synced together.

mod entry;

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use fs4::fs_std::FileExt;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

pub(crate) use self::entry::{Entry, Key, Known, State};
use super::bounded_map::BoundedMap;
use super::lock::lock;
use super::whole_file::sync_name;
use crate::language::{self, say};

/// How long lines are gathered that are synced together: far less than a call takes.
const GATHER: Duration = Duration::from_millis(1);

/// The last try in each store, by a hash: a key is as long as a request.
#[derive(Debug, Default)]
pub(crate) struct States {
    stores: BoundedMap,
    /// How many campaigns were finished.
    campaign: u64,
}

impl States {
    /// Reads a journal that another run may be writing; one that is not there knows nothing.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or a line that is not the last one is damaged.
    pub(crate) fn peek(path: &Path) -> io::Result<Self> {
        let states = match File::open(path) {
            Ok(file) => read(&file).map(|(states, _)| states),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        };
        states.map_err(|error| named(path, &error))
    }

    /// The last try in the store of this key.
    ///
    /// # Errors
    ///
    /// When what is known can no longer be read.
    pub(crate) fn known(&self, key: &Key) -> io::Result<Option<Known>> {
        let known = self.stores.get(key.store())?;
        Ok(known.map(|known| Known::unpacked(known, self.campaign)))
    }

    fn note_any(&mut self, record: &Record) -> io::Result<()> {
        match record {
            Record::Entry(entry) => self.note(entry)?,
            Record::Finished { .. } => self.campaign += 1,
            Record::Began { .. } => {}
        }
        Ok(())
    }

    fn note(&mut self, entry: &Entry) -> io::Result<()> {
        let known = Known::of(entry).packed(self.campaign);
        self.stores.insert(entry.key.store(), known).map(drop)
    }
}

/// Who writes a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Holder {
    process: u32,
    at: String,
}

/// A line of any kind.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Record {
    /// A step of a row.
    Entry(Entry),
    /// A run begins.
    Began { began: Holder },
    /// Every row of the campaign is in effect: what comes after it is another one.
    Finished { finished: bool },
}

/// A journal that this process alone writes.
#[derive(Debug)]
pub(crate) struct Journal {
    states: Mutex<States>,
    /// To the thread that writes; nothing once it is to end.
    lines: Option<Sender<Line>>,
    writer: Option<JoinHandle<()>>,
}

/// A line to write, and whom to tell.
#[derive(Debug)]
struct Line {
    text: String,
    done: oneshot::Sender<io::Result<()>>,
}

/// Where the journal of a campaign's file lies: beside the file itself, whatever link leads there.
pub(crate) fn path_of(campaign: &Path) -> PathBuf {
    let campaign = campaign.canonicalize().unwrap_or_else(|_| campaign.to_owned());
    let mut name = campaign.into_os_string();
    name.push(".journal");
    PathBuf::from(name)
}

impl Journal {
    /// Opens a journal, or begins it, and reads what is known. An unfinished last line, which a
    /// process leaves that is killed while it writes, is cut off.
    ///
    /// # Errors
    ///
    /// When another process holds it, when it cannot be read or written, or when a line that is not
    /// the last one is damaged.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Self::begin(path).map_err(|error| named(path, &error))
    }

    fn begin(path: &Path) -> io::Result<Self> {
        let mut file = open_privately(path)?;
        if !file.try_lock_exclusive()? {
            return Err(io::Error::new(io::ErrorKind::WouldBlock, in_use(path)));
        }
        let (states, mut whole) = read(&file)?;
        file.set_len(whole)?;
        let at = jiff::Timestamp::now().to_string();
        let began = Record::Began { began: Holder { process: std::process::id(), at } };
        append(&mut file, &mut whole, &line(&began)?)?;
        sync_name(path)?;
        let (lines, incoming) = channel();
        let writer = std::thread::spawn(move || write_lines(file, whole, &incoming));
        Ok(Self { states: Mutex::new(states), lines: Some(lines), writer: Some(writer) })
    }

    /// The last try in the store of this key.
    ///
    /// # Errors
    ///
    /// When what is known can no longer be read.
    pub(crate) fn known(&self, key: &Key) -> io::Result<Option<Known>> {
        lock(&self.states).known(key)
    }

    /// Writes a line, and returns once the disk has it.
    ///
    /// # Errors
    ///
    /// When it cannot be written: then no further call may be made.
    pub(crate) async fn write(&self, entry: &Entry) -> io::Result<()> {
        self.append(line(entry)?).await?;
        lock(&self.states).note(entry)
    }

    /// Ends the campaign: the next run looks at every row anew.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub(crate) async fn finish(&self) -> io::Result<()> {
        self.append(line(&Record::Finished { finished: true })?).await?;
        lock(&self.states).campaign += 1;
        Ok(())
    }

    async fn append(&self, text: String) -> io::Result<()> {
        let (done, written) = oneshot::channel();
        let line = Line { text, done };
        let sent = self.lines.as_ref().map(|lines| lines.send(line));
        let ended = || io::Error::other(say!("can no longer be written", "已无法写入"));
        match sent {
            Some(Ok(())) => written.await.map_err(|_| ended())?,
            _ => Err(ended()),
        }
    }
}

/// The file is closed, and its lock given back, when this returns.
impl Drop for Journal {
    fn drop(&mut self) {
        self.lines = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// Writes what comes, and syncs once for all that waits.
fn write_lines(mut file: File, mut whole: u64, incoming: &Receiver<Line>) {
    while let Ok(first) = incoming.recv() {
        std::thread::sleep(GATHER);
        let waiting: Vec<Line> = iter::once(first).chain(incoming.try_iter()).collect();
        let text: String = waiting.iter().map(|line| line.text.as_str()).collect();
        let written = append(&mut file, &mut whole, &text);
        for line in waiting {
            // A row that nobody waits for any more was interrupted.
            let _ = line.done.send(written.as_ref().copied().map_err(copy));
        }
    }
}

fn copy(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// What is said of a journal that can no longer be written.
pub(crate) fn unwritten(error: &io::Error) -> String {
    let error = language::of_system(error);
    say!("the journal: {error}", "日志：{error}")
}

/// What the system says of a file does not name it.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {}", path.display(), language::of_system(error)))
}

fn line(record: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(record)? + "\n")
}

/// Appends whole lines. What was written of them when it fails is cut off again: the next line
/// would be glued to it.
fn append(file: &mut File, whole: &mut u64, text: &str) -> io::Result<()> {
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
    match written {
        Ok(()) => *whole += text.len() as u64,
        Err(error) => {
            file.set_len(*whole)?;
            return Err(error);
        }
    }
    Ok(())
}

/// Nobody but its owner may read it: requests are the merchant's affair.
fn open_privately(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Who holds a journal, and since when.
fn in_use(path: &Path) -> String {
    let lines = File::open(path).map(|file| BufReader::new(file).lines());
    let began = lines.into_iter().flatten().map_while(Result::ok).filter_map(|line| {
        match serde_json::from_str(&line) {
            Ok(Record::Began { began }) => Some(began),
            _ => None,
        }
    });
    let by = began.last().map_or_else(String::new, |Holder { process, at }| {
        say!(" (process {process}, since {at})", "（进程 {process}，始于 {at}）")
    });
    say!(
        "in use by another run{by}: wait for it, or stop it",
        "正被另一次运行使用{by}：请等待其结束或将其停止"
    )
}

/// The last try in each store, and up to where the journal is whole.
fn read(file: &File) -> io::Result<(States, u64)> {
    let mut reader = BufReader::new(file);
    let (mut states, mut length, mut number) = (States::default(), 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 || !line.ends_with(b"\n") {
            return Ok((states, length));
        }
        number += 1;
        // Editors leave such a mark, and empty lines.
        let mark: &[u8] = if number == 1 { b"\xEF\xBB\xBF" } else { b"" };
        let text = line.strip_prefix(mark).unwrap_or(&line).trim_ascii();
        if !text.is_empty() {
            let record = serde_json::from_slice(text).map_err(|error| unread(number, &error))?;
            states.note_any(&record)?;
        }
        length += line.len() as u64;
    }
}

fn unread(number: u64, error: &serde_json::Error) -> io::Error {
    let message = if error.is_data() {
        say!(
            "line {number} of the journal means nothing to this version, and may be of a newer one: run \
             that, or move the journal away to have every row read back",
            "日志第 {number} 行本版本无法识别，可能由更新的版本写入：请使用该版本，或移走日志以便重新读取每一行"
        )
    } else {
        say!(
            "line {number} of the journal is damaged: correct it, or move the journal away to have every \
             row read back",
            "日志第 {number} 行已损坏：请修复，或移走日志以便重新读取每一行"
        )
    };
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests;

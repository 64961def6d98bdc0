//! What was tried and what came of it: a line of JSON for each step, synced before it counts.
//!
//! ```text
//! {"key":"…","line":2,"state":"sending"}      before the placement is sent
//! {"key":"…","line":2,"state":"placed"}       after the reply
//! ```
//!
//! A row is known by its key (account, operation and the whole request), not by its position, so
//! that a file may be sorted, shortened and edited between two runs.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fs4::fs_std::FileExt;
use serde::{Deserialize, Serialize};

/// What is known of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// It is about to be sent. If nothing follows, nobody knows whether it was.
    Sending,
    /// It was sent, and no reply came: it may have taken effect.
    Unknown,
    /// It has taken effect.
    Placed,
    /// The service refused it.
    Refused,
    /// It did not get to the service.
    Failed,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// What the row is known by.
    pub(crate) key: String,
    /// The line of the file that it stood on.
    pub(crate) line: u64,
    /// What is known.
    pub(crate) state: State,
    /// The return code, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<i64>,
}

/// The line that ends a campaign in which every row is in effect: what comes after it is another.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finished {
    finished: bool,
}

/// A line of either kind.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Record {
    Entry(Entry),
    Finished(Finished),
}

/// A journal that this process alone writes.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// The last state of each row, by a hash of its key: a key is as long as a request.
    states: HashMap<u64, State>,
}

/// Where the journal of a campaign's file lies.
pub(crate) fn path_of(campaign: &Path) -> PathBuf {
    let mut name = campaign.as_os_str().to_owned();
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
        let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        if !file.try_lock_exclusive()? {
            return Err(io::Error::new(
                io::ErrorKind::WouldBlock,
                format!("{} is in use by another run: wait for it, or stop it", path.display()),
            ));
        }
        restrict(&file)?;
        let (states, length) = read(&file)?;
        file.set_len(length)?;
        Ok(Self { file, states })
    }

    /// The last state of a row.
    pub(crate) fn state(&self, key: &str) -> Option<State> {
        self.states.get(&hash(key)).copied()
    }

    /// Writes a line, and returns once the disk has it.
    ///
    /// # Errors
    ///
    /// When it cannot be written: then no further call may be made.
    pub(crate) fn write(&mut self, entry: &Entry) -> io::Result<()> {
        self.append(entry)?;
        self.states.insert(hash(&entry.key), entry.state);
        Ok(())
    }

    /// Ends the campaign: the next run looks at every row anew.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.append(&Finished { finished: true })?;
        self.states.clear();
        Ok(())
    }

    fn append(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_string(line)?;
        line.push('\n');
        self.file.write_all(line.as_bytes())?;
        self.file.sync_data()
    }
}

/// Lets nobody but its owner read it: requests are the merchant's affair.
#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn restrict(_: &File) -> io::Result<()> {
    Ok(())
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// The last state of each row, and up to where the journal is whole.
fn read(file: &File) -> io::Result<(HashMap<u64, State>, u64)> {
    let mut reader = BufReader::new(file);
    reader.seek(SeekFrom::Start(0))?;
    let (mut states, mut length, mut number) = (HashMap::new(), 0, 0);
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 || !line.ends_with(b"\n") {
            return Ok((states, length));
        }
        number += 1;
        match serde_json::from_slice(&line) {
            Ok(Record::Entry(entry)) => drop(states.insert(hash(&entry.key), entry.state)),
            Ok(Record::Finished(Finished { finished })) if finished => states.clear(),
            Ok(Record::Finished(_)) => {}
            Err(_) => {
                let message = format!(
                    "line {number} of the journal is damaged: mend it, or move the journal away to \
                     have every row read back"
                );
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
        }
        length += line.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, state: State) -> Entry {
        Entry { key: key.to_owned(), line: 2, state, code: None }
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn the_last_state_of_a_row_counts_after_it_is_opened_again() {
        let folder = folder();
        let path = folder.path().join("a.journal");
        let mut journal = Journal::open(&path).unwrap();
        journal.write(&entry("a", State::Sending)).unwrap();
        journal.write(&entry("b", State::Sending)).unwrap();
        journal.write(&entry("a", State::Placed)).unwrap();
        drop(journal);
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.state("a"), Some(State::Placed));
        assert_eq!(journal.state("b"), Some(State::Sending));
        assert_eq!(journal.state("c"), None);
    }

    #[test]
    fn a_journal_that_is_cut_at_any_byte_of_its_last_line_goes_on() {
        let folder = folder();
        let path = folder.path().join("a.journal");
        let mut journal = Journal::open(&path).unwrap();
        journal.write(&entry("a", State::Placed)).unwrap();
        let whole = std::fs::read(&path).unwrap().len();
        journal.write(&entry("b", State::Placed)).unwrap();
        drop(journal);
        let text = std::fs::read(&path).unwrap();
        for end in whole..text.len() {
            std::fs::write(&path, &text[..end]).unwrap();
            let mut journal = Journal::open(&path).unwrap();
            assert_eq!(journal.state("b"), None, "cut at byte {end}");
            journal.write(&entry("c", State::Placed)).unwrap();
            drop(journal);
            let journal = Journal::open(&path).unwrap();
            assert_eq!(
                (journal.state("a"), journal.state("c")),
                (Some(State::Placed), Some(State::Placed))
            );
        }
    }

    #[test]
    fn a_damaged_line_in_the_middle_is_named_and_not_passed_over() {
        let folder = folder();
        let path = folder.path().join("a.journal");
        std::fs::write(&path, "{\"key\":\n{\"key\":\"a\",\"line\":2,\"state\":\"placed\"}\n")
            .unwrap();
        let error = Journal::open(&path).unwrap_err().to_string();
        assert!(error.starts_with("line 1 of the journal is damaged"), "{error}");
    }

    #[test]
    fn a_finished_campaign_says_nothing_of_the_next_one() {
        let folder = folder();
        let path = folder.path().join("a.journal");
        let mut journal = Journal::open(&path).unwrap();
        journal.write(&entry("a", State::Placed)).unwrap();
        journal.finish().unwrap();
        assert_eq!(journal.state("a"), None);
        drop(journal);
        assert_eq!(Journal::open(&path).unwrap().state("a"), None);
    }

    #[test]
    fn a_second_run_is_refused_at_once() {
        let folder = folder();
        let path = folder.path().join("a.journal");
        let _held = Journal::open(&path).unwrap();
        let error = Journal::open(&path).unwrap_err();
        assert!(error.to_string().contains("in use by another run"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_but_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder();
        let path = folder.path().join("a.journal");
        std::fs::write(&path, "").unwrap();
        drop(Journal::open(&path).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

//! What the journal keeps, whatever befalls the file.

use super::*;

fn key(store: i64, request: &str) -> Key {
    Key { account: "wx1".to_owned(), store, request: request.to_owned() }
}

fn entry(store: i64, state: State) -> Entry {
    Entry { key: key(store, "r"), line: 2, state, unseen: false, code: None }
}

struct Trial {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journal");
        Self { _folder: folder, path }
    }

    fn open(&self) -> Journal {
        Journal::open(&self.path).unwrap()
    }

    /// Writes these entries in a run of their own.
    async fn write(&self, entries: impl IntoIterator<Item = Entry>) {
        let journal = self.open();
        for entry in entries {
            journal.write(&entry).await.unwrap();
        }
    }

    fn state(&self, store: i64) -> Option<State> {
        self.open().known(&key(store, "r")).unwrap().map(|known| known.state)
    }
}

#[tokio::test]
async fn the_last_state_of_a_row_counts_after_it_is_opened_again() {
    let trial = Trial::new();
    let states = [(1, State::Sending), (2, State::Sending), (1, State::Placed)];
    trial.write(states.map(|(store, state)| entry(store, state))).await;
    assert_eq!(trial.state(1), Some(State::Placed));
    assert_eq!(trial.state(2), Some(State::Sending));
    assert_eq!(trial.state(3), None);
}

#[tokio::test]
async fn what_was_tried_last_in_a_store_counts_and_not_what_was_placed_before() {
    let trial = Trial::new();
    let other = Entry { key: key(1, "other"), ..entry(1, State::Placed) };
    trial.write([entry(1, State::Placed), other]).await;
    let known = trial.open().known(&key(1, "r")).unwrap().unwrap();
    assert!(!known.is_of(&key(1, "r")) && known.is_of(&key(1, "other")));
}

#[tokio::test]
async fn a_journal_that_is_cut_at_any_byte_of_its_last_line_goes_on() {
    let trial = Trial::new();
    trial.write([entry(1, State::Placed)]).await;
    let whole = std::fs::read(&trial.path).unwrap();
    trial.write([entry(2, State::Placed)]).await;
    let text = std::fs::read(&trial.path).unwrap();
    let last =
        whole.len() + text[whole.len()..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for end in last..text.len() {
        std::fs::write(&trial.path, &text[..end]).unwrap();
        assert_eq!(trial.state(2), None, "cut at byte {end}");
        trial.write([entry(3, State::Placed)]).await;
        assert_eq!((trial.state(1), trial.state(3)), (Some(State::Placed), Some(State::Placed)));
    }
}

#[test]
fn a_damaged_line_in_the_middle_is_named_and_not_passed_over() {
    let trial = Trial::new();
    std::fs::write(&trial.path, "{\"account\":\n{\"finished\":true}\n").unwrap();
    let error = Journal::open(&trial.path).unwrap_err().to_string();
    let named = format!("{}: line 1 of the journal is damaged", trial.path.display());
    assert!(error.starts_with(&named), "{error}");
}

#[test]
fn a_line_of_a_newer_version_is_not_called_damaged() {
    let trial = Trial::new();
    let entry = r#"{"account":"wx1","store":1,"request":"r","line":2,"state":"paused"}"#;
    for newer in [entry, r#"{"version":2}"#] {
        std::fs::write(&trial.path, format!("{{\"finished\":true}}\n{newer}\n")).unwrap();
        let error = Journal::open(&trial.path).unwrap_err().to_string();
        let said = "line 2 of the journal means nothing to this version, and may be of a newer one";
        assert!(error.contains(said), "{error}");
    }
}

#[tokio::test]
async fn a_journal_that_an_editor_has_saved_is_read() {
    let trial = Trial::new();
    trial.write([entry(1, State::Placed), entry(2, State::Sending)]).await;
    let text = std::fs::read_to_string(&trial.path).unwrap();
    for edited in [
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{}\r\n", text.replace('\n', "\r\n")),
        text.replace('\n', "\n\n") + "  \n",
    ] {
        std::fs::write(&trial.path, &edited).unwrap();
        for _ in 0..2 {
            let states = (trial.state(1), trial.state(2));
            assert_eq!(states, (Some(State::Placed), Some(State::Sending)), "{edited:?}");
        }
    }
}

#[tokio::test]
async fn a_finished_campaign_is_an_earlier_one_for_the_next() {
    let trial = Trial::new();
    let journal = trial.open();
    journal.write(&entry(1, State::Placed)).await.unwrap();
    let is_earlier = |journal: &Journal| journal.known(&key(1, "r")).unwrap().unwrap().is_earlier;
    assert!(!is_earlier(&journal));
    journal.finish().await.unwrap();
    assert!(is_earlier(&journal));
    drop(journal);
    let journal = trial.open();
    assert!(is_earlier(&journal));
    journal.write(&entry(1, State::Changed)).await.unwrap();
    assert!(!is_earlier(&journal), "it was tried once more");
}

#[test]
fn a_second_run_is_refused_at_once_and_told_who_holds_it() {
    let trial = Trial::new();
    let earlier = "{\"began\":{\"process\":0,\"at\":\"2001-01-01T00:00:00Z\"}}\n";
    std::fs::write(&trial.path, earlier).unwrap();
    let _held = trial.open();
    let error = Journal::open(&trial.path).unwrap_err().to_string();
    let process = std::process::id();
    assert!(
        error.contains(&format!("in use by another run (process {process}, since 2")),
        "{error}"
    );
}

/// Whether anything was tried must not be guessed.
#[test]
fn a_journal_that_is_not_there_knows_nothing_and_one_that_cannot_be_opened_is_an_error() {
    let trial = Trial::new();
    let states = States::peek(&trial.path).unwrap();
    assert!(states.known(&key(1, "r")).unwrap().is_none());
    std::fs::write(&trial.path, "").unwrap();
    let within = trial.path.join("b.journal");
    let error = States::peek(&within).err().unwrap();
    assert_eq!(error.kind(), io::ErrorKind::NotADirectory);
    assert!(error.to_string().starts_with(&format!("{}: ", within.display())), "{error}");
}

#[test]
fn a_file_that_a_link_leads_to_has_one_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    std::fs::write(&file, "").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(path_of(&link), path_of(&file));
}

#[test]
fn nobody_but_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let trial = Trial::new();
    std::fs::write(&trial.path, "").unwrap();
    drop(trial.open());
    assert_eq!(std::fs::metadata(&trial.path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn lines_that_wait_together_are_all_written() {
    let trial = Trial::new();
    let journal = trial.open();
    let entries: Vec<Entry> = (0..50).map(|store| entry(store, State::Placed)).collect();
    let writes = entries.iter().map(|entry| journal.write(entry));
    let written = futures_util::future::join_all(writes).await;
    assert!(written.iter().all(Result::is_ok));
    drop(journal);
    assert!((0..50).all(|store| trial.state(store) == Some(State::Placed)));
}

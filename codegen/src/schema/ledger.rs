//! An object's words, each of which somebody must take: what nobody took is reported.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::keywords::nearest;
use super::spot::Spot;
use crate::report::{Place, Report};
use crate::source::Object;

/// The words of one object.
#[derive(Debug)]
pub(crate) struct Ledger<'a> {
    /// The object.
    pub(crate) spot: Spot<'a>,
    object: &'a Object,
    taken: Vec<Cell<bool>>,
    /// Every word that was asked for, there or not.
    asked: RefCell<BTreeSet<&'static str>>,
    /// What the object describes, in words, once that is known.
    kind: Cell<&'static str>,
}

/// A word that was taken, with its value.
#[derive(Clone, Debug)]
pub(crate) struct Taken<'a> {
    /// The value.
    pub(crate) spot: Spot<'a>,
    /// Where the word itself stands.
    pub(crate) word: Place,
}

impl<'a> Ledger<'a> {
    /// Reads an object whose words are its description's own: what is not taken is no such word.
    pub(crate) fn read<T>(
        spot: &Spot<'a>,
        report: &mut Report,
        read: impl FnOnce(&Self, &mut Report) -> T,
    ) -> Option<T> {
        Self::read_with(spot, report, read, |ledger, left, report| {
            let asked = ledger.asked.borrow();
            let fault = report.fault(&left.word, "no such word belongs here");
            match nearest(word_of(left), asked.iter().copied()) {
                Some(word) => fault.cure(format!("did you mean `{word}`?")),
                None => fault.cure(format!("what belongs here: {}", joined(&asked))),
            };
        })
    }

    /// Reads an object; `leftover` says what to report of each word that was not taken.
    pub(crate) fn read_with<T>(
        spot: &Spot<'a>,
        report: &mut Report,
        read: impl FnOnce(&Self, &mut Report) -> T,
        leftover: impl Fn(&Self, &Taken<'a>, &mut Report),
    ) -> Option<T> {
        let object = spot.object(report)?;
        let taken = object.entries.iter().map(|_| Cell::new(false)).collect();
        let ledger = Self {
            spot: spot.clone(),
            object,
            taken,
            asked: RefCell::default(),
            kind: Cell::new("such a schema"),
        };
        let result = read(&ledger, report);
        for (index, taken) in ledger.taken.iter().enumerate() {
            if !taken.get() {
                leftover(&ledger, &ledger.entry(index), report);
            }
        }
        Some(result)
    }

    /// Takes a word, if it is there.
    pub(crate) fn take(&self, word: &'static str) -> Option<Taken<'a>> {
        self.asked.borrow_mut().insert(word);
        let index = self.object.entries.iter().position(|entry| entry.key == word)?;
        self.taken[index].set(true);
        Some(self.entry(index))
    }

    /// Takes a word that must be there.
    pub(crate) fn need(&self, word: &'static str, report: &mut Report) -> Option<Taken<'a>> {
        let taken = self.take(word);
        if taken.is_none() {
            report.fault(&self.spot.place, format!("`{word}` is missing"));
        }
        taken
    }

    /// Takes a word that must be there; if it is not, this is what it could be.
    pub(crate) fn need_such_as(
        &self,
        word: &'static str,
        value: &str,
        report: &mut Report,
    ) -> Option<Taken<'a>> {
        let taken = self.take(word);
        if taken.is_none() {
            report
                .fault(&self.spot.place, format!("`{word}` is missing"))
                .cure(format!("add it: `\"{word}\": {value}`"));
        }
        taken
    }

    /// Whether the word is there; it stays to be taken.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.object.get(word).is_some()
    }

    /// Every word that is there.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'a str> {
        self.object.entries.iter().map(|entry| &*entry.key)
    }

    /// Takes a string.
    pub(crate) fn text(&self, word: &'static str, report: &mut Report) -> Option<&'a str> {
        self.take(word)?.spot.text(report)
    }

    /// Takes `true` or `false`; what is not there is false.
    pub(crate) fn flag(&self, word: &'static str, report: &mut Report) -> bool {
        self.take(word).and_then(|taken| taken.spot.flag(report)).unwrap_or(false)
    }

    /// Takes an array's items; what is not there has none.
    pub(crate) fn items(&self, word: &'static str, report: &mut Report) -> Vec<Spot<'a>> {
        self.take(word).map_or_else(Vec::new, |taken| taken.spot.items(report))
    }

    /// Says what the object describes, for the report of what nobody takes.
    pub(crate) fn set_kind(&self, kind: &'static str) {
        self.kind.set(kind);
    }

    /// What the object describes.
    pub(crate) fn kind(&self) -> &'static str {
        self.kind.get()
    }

    fn entry(&self, index: usize) -> Taken<'a> {
        let entry = &self.object.entries[index];
        let spot = self.spot.below(&entry.key, &entry.node);
        let word = Place { span: entry.key_span.clone(), ..spot.place.clone() };
        Taken { spot, word }
    }
}

/// The word itself.
pub(crate) fn word_of<'a>(taken: &'a Taken<'_>) -> &'a str {
    let text = &taken.word.file.text[taken.word.span.clone()];
    text.trim_matches('"')
}

fn joined(words: &BTreeSet<&'static str>) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

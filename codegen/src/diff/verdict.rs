//! How much a change asks of those who use the generated code.
//!
//! ```text
//! narrower, sent       major: a request that was valid may be refused
//! narrower, received   major: a reply that was read may no longer be
//! wider, sent          minor: every valid request stays valid
//! ```

use serde::Serialize;

/// What kind of release a change needs, from the least to the greatest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing that is generated changes.
    #[default]
    None,
    /// Only documentation, or the order of things, changes.
    Patch,
    /// Something is added or allowed; all that worked still does.
    Minor,
    /// Something that worked may no longer do so, or nobody can tell.
    Major,
}

impl Verdict {
    /// The verdict as JSON and the command line spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What a change does to one side of things: to Rust code, or to what goes over the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// How much it asks.
    pub verdict: Verdict,
    /// Whether the two could not be compared: then the verdict is [`Verdict::Major`].
    pub unknown: bool,
    /// What happens, a sentence each: of Rust code, each names the item.
    pub notes: Vec<String>,
}

impl Effect {
    /// An effect with one note.
    pub(super) fn new(verdict: Verdict, note: impl Into<String>) -> Self {
        Self { verdict, unknown: false, notes: vec![note.into()] }
    }

    /// An effect that nobody can tell.
    pub(super) fn unknown(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Major, unknown: true, notes: vec![why.into()] }
    }

    /// Adds what else happens.
    pub(super) fn add(&mut self, other: Self) {
        self.verdict = self.verdict.max(other.verdict);
        self.unknown |= other.unknown;
        self.notes.extend(other.notes);
    }
}

/// How the values of a schema relate to those of the schema before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are the same.
    Same,
    /// There are fewer.
    Narrower,
    /// There are more.
    Wider,
    /// Some are gone, and others are new.
    Different,
}

impl Relation {
    /// The relation that an order of upper bounds means: a greater one allows more.
    pub(super) fn of_upper<T: Ord>(old: Option<T>, new: Option<T>) -> Self {
        match (old, new) {
            (None, None) => Self::Same,
            (None, Some(_)) => Self::Narrower,
            (Some(_), None) => Self::Wider,
            (Some(old), Some(new)) => Self::of_order(new.cmp(&old)),
        }
    }

    fn of_order(order: std::cmp::Ordering) -> Self {
        match order {
            std::cmp::Ordering::Less => Self::Narrower,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Greater => Self::Wider,
        }
    }

    /// The relation of two sets, by what was taken out and what was added.
    pub(super) fn of_sets(is_smaller: bool, is_larger: bool) -> Self {
        match (is_smaller, is_larger) {
            (false, false) => Self::Same,
            (true, false) => Self::Narrower,
            (false, true) => Self::Wider,
            (true, true) => Self::Different,
        }
    }

    /// The same for rules, which allow less where there are more of them.
    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Narrower => Self::Wider,
            Self::Wider => Self::Narrower,
            same => same,
        }
    }

    /// What it does to what is sent.
    pub(super) fn of_sent(self) -> Effect {
        match self {
            Self::Same => Effect::default(),
            Self::Narrower => {
                Effect::new(Verdict::Major, "narrower: a request that was valid may be refused")
            }
            Self::Wider => Effect::new(Verdict::Minor, "wider: every valid request stays valid"),
            Self::Different => {
                Effect::new(Verdict::Major, "different: a request that was valid may be refused")
            }
        }
    }

    /// What it does to what is received, where the relation is that of the replies that are read.
    pub(super) fn of_received(self) -> Effect {
        match self {
            Self::Same => {
                Effect::new(Verdict::Patch, "replies are read as before: this is only documented")
            }
            Self::Narrower | Self::Different => {
                Effect::new(Verdict::Major, "a reply that was read may no longer be")
            }
            Self::Wider => Effect::new(Verdict::Minor, "every reply that was read still is"),
        }
    }
}

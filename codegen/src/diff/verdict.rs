//! The verdict on a change: which release it needs.
//!
//! ```text
//! narrower, sent       major: a request that was valid may be refused
//! narrower, received   major: a reply that was read may no longer be
//! wider, sent          minor: every valid request stays valid
//! ```

use serde::Serialize;

/// The kind of release that a change needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing that is generated changes.
    #[default]
    None,
    /// Only documentation, or the order of things, changes.
    Patch,
    /// Something is added or allowed; everything that worked still works.
    Minor,
    /// Something that worked may no longer work, or the two versions cannot be compared.
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

/// The effect of a change on Rust code, or on what goes over the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// The release that it needs.
    pub verdict: Verdict,
    /// Whether the two versions could not be compared: then the verdict is [`Verdict::Major`].
    pub unknown: bool,
    /// What happens, one sentence each. A note on Rust code names the item.
    pub notes: Vec<String>,
}

impl Effect {
    /// An effect with one note.
    pub(super) fn new(verdict: Verdict, note: impl Into<String>) -> Self {
        Self { verdict, unknown: false, notes: vec![note.into()] }
    }

    /// The effect of a change that cannot be compared.
    pub(super) fn unknown(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Major, unknown: true, notes: vec![why.into()] }
    }

    /// Adds another effect.
    pub(super) fn add(&mut self, other: Self) {
        self.verdict = self.verdict.max(other.verdict);
        self.unknown |= other.unknown;
        self.notes.extend(other.notes);
    }
}

/// How the values of a schema relate to those of its old version.
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
    /// The relation by two upper bounds: a greater one allows more values.
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

    /// The relation by whether a rule was there, and whether it is now.
    pub(super) fn of_rule(had: bool, has: bool) -> Self {
        Self::of_sets(has && !had, had && !has)
    }

    /// The relation of two sets, by whether elements were removed and added.
    pub(super) fn of_sets(removed: bool, added: bool) -> Self {
        match (removed, added) {
            (false, false) => Self::Same,
            (true, false) => Self::Narrower,
            (false, true) => Self::Wider,
            (true, true) => Self::Different,
        }
    }

    /// The relation of values by the relation of two sets of rules: more rules allow fewer values.
    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Narrower => Self::Wider,
            Self::Wider => Self::Narrower,
            same => same,
        }
    }

    /// The effect on requests.
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

    /// The effect on replies, if this is how the replies that can be read relate.
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

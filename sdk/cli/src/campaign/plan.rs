//! What would be done with a row, without doing it.

use wechat_bizwifi::{Client, Placement};

use super::account::{Account, patiently};
use super::apply::read_placement;
use super::decide::{Decision, decide, is_certain};
use super::desired::{Desired, Wish};
use super::journal::{Key, States};
use super::outcome::{Outcome, Verdict};
use super::rate::Pace;
use super::stop::Stop;
use crate::language;

/// What all rows of a plan share.
pub(crate) struct Planning<'p> {
    /// Makes the calls.
    pub(crate) client: &'p Client,
    /// Whose account it is.
    pub(crate) account_name: &'p str,
    /// What the account has.
    pub(crate) account: &'p Account,
    /// When calls may begin.
    pub(crate) pace: &'p Pace,
    /// What earlier runs have placed.
    pub(crate) states: &'p States,
    /// Why no further call is made.
    pub(crate) stop: &'p Stop,
    /// The time, in Unix seconds.
    pub(crate) now: i64,
}

/// What a plan says of a row.
pub(crate) struct Planned {
    /// What would come of it.
    pub(crate) outcome: Outcome,
    /// What is placed in the store, if it was read.
    pub(crate) seen: Option<(i64, Option<Placement>)>,
}

impl From<Outcome> for Planned {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, seen: None }
    }
}

impl Planning<'_> {
    /// What would be done with a row.
    pub(crate) async fn row(&self, row: &Desired) -> Planned {
        if self.stop.is_stopped() {
            return Outcome::idle(Verdict::NotTried, "").into();
        }
        let request = match &row.wish {
            Wish::Place(request) => request,
            Wish::Leave => return Outcome::left_alone(Verdict::Leave).into(),
            Wish::Invalid(reason) => return Outcome::idle(Verdict::Refused, reason).into(),
        };
        if let Err(reason) = self.account.check(request, self.now) {
            return Outcome::idle(Verdict::Refused, reason).into();
        }
        let placed = match patiently(self.pace, || read_placement(self.client, request)).await {
            Ok(placed) => placed,
            Err(error) => return self.stop.failed(&error).into(),
        };
        let key = Key::of(self.account_name, request);
        let known = match self.states.known(&key) {
            Ok(known) => known,
            Err(error) => return Outcome::new(Verdict::Failed, language::of_system(&error)).into(),
        };
        let certain = is_certain(known.as_ref(), &key);
        let outcome = match decide(request, placed.as_ref(), certain) {
            Decision::Place => Outcome::new(Verdict::Place, row.summary()),
            Decision::Change { what, .. } => Outcome::new(Verdict::Change, what),
            Decision::Leave => Outcome::new(Verdict::Leave, ""),
        };
        Planned { outcome, seen: Some((request.shop_id().get(), placed)) }
    }
}

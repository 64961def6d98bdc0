//! A step of a row, and what is known of the last one in a store.
//!
//! ```text
//! {"account":"wx1","store":7,"request":"{…}","line":2,"state":"placed"}
//! ```

use serde::{Deserialize, Serialize};
use wechat_bizwifi::SetCouponPlacement;

use crate::campaign::bounded_map::{Value, hash};

/// What is known of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// It is about to be sent. If nothing follows, nobody knows whether it was.
    Sending,
    /// It was sent, and no reply came: it may have taken effect.
    Unknown,
    /// It has taken effect, where nothing was placed.
    Placed,
    /// It has taken effect in the place of another.
    Changed,
    /// The service refused it.
    Refused,
    /// It did not get to the service.
    Failed,
}

/// What a row is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {
    /// Whose account it is, and where.
    pub(crate) account: String,
    /// The store.
    pub(crate) store: i64,
    /// The request, as JSON.
    pub(crate) request: String,
}

impl Key {
    /// What a request is known by.
    pub(crate) fn of(account: &str, request: &SetCouponPlacement) -> Self {
        let store = request.shop_id().get();
        let request = serde_json::to_string(request).unwrap_or_default();
        Self { account: account.to_owned(), store, request }
    }

    pub(super) fn store(&self) -> u64 {
        hash(&(&self.account, self.store))
    }
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// What the row is known by.
    #[serde(flatten)]
    pub(crate) key: Key,
    /// The line of the file that it stood on.
    pub(crate) line: u64,
    /// What is known.
    pub(crate) state: State,
    /// Whether nothing differs from what was placed that could be read back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unseen: bool,
    /// The return code, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<i64>,
}

/// What is known of the last try in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    request: u64,
    /// What came of it.
    pub(crate) state: State,
    /// Whether nothing differed from what was placed that could be read back.
    pub(crate) unseen: bool,
    /// Whether a campaign that has ended since has tried it.
    pub(crate) is_earlier: bool,
}

/// In the order of their numbers in memory.
const STATES: [State; 6] =
    [State::Sending, State::Unknown, State::Placed, State::Changed, State::Refused, State::Failed];

impl Known {
    /// What a step says of its store.
    pub(in crate::campaign) fn of(Entry { key, state, unseen, .. }: &Entry) -> Self {
        let request = hash(&key.request);
        Self { request, state: *state, unseen: *unseen, is_earlier: false }
    }

    /// As two numbers, of which the first is not zero. `campaign` counts those that were finished.
    pub(super) fn packed(&self, campaign: u64) -> Value {
        let state = STATES.iter().position(|state| *state == self.state).unwrap_or_default() as u64;
        [1 + state + 8 * u64::from(self.unseen) + 16 * campaign, self.request]
    }

    pub(super) fn unpacked([first, request]: Value, campaign: u64) -> Self {
        let (number, rest) = ((first - 1) % 8, (first - 1) / 8);
        let state = usize::try_from(number).ok().and_then(|number| STATES.get(number));
        let state = state.copied().unwrap_or(State::Unknown);
        Self { request, state, unseen: rest % 2 == 1, is_earlier: rest / 2 < campaign }
    }

    /// Whether it was this very request.
    pub(crate) fn is_of(&self, key: &Key) -> bool {
        self.request == hash(&key.request)
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, STATES};

    #[test]
    fn what_is_known_of_a_store_is_the_same_once_it_is_packed() {
        for state in STATES {
            for unseen in [false, true] {
                let known = Known { request: 7, state, unseen, is_earlier: false };
                assert_eq!(Known::unpacked(known.packed(3), 3), known);
                assert!(Known::unpacked(known.packed(3), 4).is_earlier);
            }
        }
    }
}

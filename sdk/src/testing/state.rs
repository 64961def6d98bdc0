//! All that the server remembers.

use std::collections::HashMap;
use std::time::Duration;

use super::answer::Answers;
use super::placements::Placements;
use super::quota::{Quotas, Usage};
use super::refusal::{Outcome, Refusal};
use super::tokens::{Grant, Tokens, Wallet};
use super::world::World;
use crate::secret::Secret;

/// What an official account has on the server.
#[derive(Debug)]
pub(super) struct Account {
    secret: Secret,
    wallet: Wallet,
    pub(super) usage: Usage,
    pub(super) placements: Placements,
}

/// The accounts, and what they share.
#[derive(Debug, Default)]
pub(super) struct State {
    accounts: HashMap<String, Account>,
    pub(super) tokens: Tokens,
    pub(super) quotas: Quotas,
    pub(super) world: World,
    pub(super) answers: Answers,
}

/// How a token is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Issue {
    Stable,
    Forced,
    Plain,
}

impl State {
    pub(super) fn add_account(&mut self, appid: String, secret: Secret) {
        let account = Account {
            secret,
            wallet: Wallet::default(),
            usage: Usage::default(),
            placements: Placements::default(),
        };
        self.accounts.insert(appid, account);
    }

    /// Checks that these are the credentials of an account.
    pub(super) fn check_credentials(&self, appid: &str, secret: &str) -> Outcome {
        let account = known(self.accounts.get(appid))?;
        if account.secret.expose() == secret { Ok(()) } else { Err(Refusal::new(40125)) }
    }

    /// The account that a token belongs to.
    pub(super) fn appid_of(&self, token: &str, now: Duration) -> Outcome<String> {
        self.tokens.owner(token, now).map(ToOwned::to_owned)
    }

    /// An account, together with the limits and the world that it meets.
    pub(super) fn meet(&mut self, appid: &str) -> Outcome<(&mut Account, &Quotas, &World)> {
        let account = known(self.accounts.get_mut(appid))?;
        Ok((account, &self.quotas, &self.world))
    }

    pub(super) fn issue(&mut self, how: Issue, appid: &str, now: Duration) -> Outcome<Grant> {
        let account = known(self.accounts.get_mut(appid))?;
        let wallet = &mut account.wallet;
        match how {
            Issue::Stable => Ok(self.tokens.stable(wallet, appid, now)),
            Issue::Forced => self.tokens.forced(wallet, appid, now),
            Issue::Plain => Ok(self.tokens.plain(wallet, appid, now)),
        }
    }
}

/// The account of an id that was given, if there is one.
fn known<T>(account: Option<T>) -> Outcome<T> {
    account.ok_or_else(|| Refusal::new(40013))
}

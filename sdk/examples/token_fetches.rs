//! How often a fleet of processes asks for a token, by token endpoint and store:
//!
//! ```text
//! cargo run --example token-fetches
//! ```
//!
//! It plays a day, minute by minute, in which each process makes a call a minute. It has no network
//! and no client in it, but the rules of both: when tokens end, what a fetch does to the token
//! before, when the client renews, what it does when a token is refused, and the limits on each side.
//! The page "Running many instances" quotes what it prints.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

/// Times are in seconds.
const MINUTE: u32 = 60;
const DAY: u32 = 24 * 60 * MINUTE;
const LIFE: u32 = 7200;
/// For how long a token works on after `/cgi-bin/token` has issued the next, and how long before its
/// end `/cgi-bin/stable_token` issues the next.
const OVERLAP: u32 = 300;
/// How long before its end the client renews a token, at the latest and at the earliest.
const LEAD: std::ops::Range<u32> = 180..240;

fn main() {
    println!("requests for a token in a day (calls that failed for want of one)\n");
    println!(
        "{:>9}  {:>24}{:>24}{:>24}{:>24}",
        "processes", "stable", "stable, store", "legacy", "legacy, store"
    );
    for processes in [1, 100, 10_000] {
        print!("{processes:>9}  ");
        for kind in [Kind::Stable, Kind::Legacy] {
            for has_store in [false, true] {
                print!("{:>24}", play(kind, has_store, processes).to_string());
            }
        }
        println!();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Stable,
    Legacy,
}

/// The number of a token, and the client's idea of its end.
#[derive(Clone, Copy)]
struct Token {
    number: usize,
    end: u32,
}

/// The token endpoint of an account.
struct Service {
    kind: Kind,
    /// When each token stops working, by its number.
    ends: Vec<u32>,
    requests: u64,
}

impl Service {
    fn works(&self, token: Token, now: u32) -> bool {
        now < self.ends[token.number]
    }

    /// A token, unless the day's quota is used up.
    fn fetch(&mut self, now: u32) -> Option<Token> {
        self.requests += 1;
        let quota = if self.kind == Kind::Stable { 500_000 } else { 2000 };
        if self.requests > quota {
            return None;
        }
        let current = self.ends.last().copied().unwrap_or(0);
        if self.kind == Kind::Legacy || current < now + OVERLAP {
            self.issue(now);
        }
        let number = self.ends.len() - 1;
        Some(Token { number, end: self.ends[number] })
    }

    fn issue(&mut self, now: u32) {
        if let (Kind::Legacy, Some(last)) = (self.kind, self.ends.last_mut()) {
            *last = (*last).min(now + OVERLAP);
        }
        self.ends.push(now + LIFE);
    }
}

/// What a process knows.
#[derive(Clone)]
struct Process {
    token: Option<Token>,
    renewal: u32,
    /// What is left of the client's own limit, and when it was counted.
    budget: u32,
    counted: u32,
}

impl Process {
    fn new(kind: Kind) -> Self {
        let budget = if kind == Kind::Stable { 1000 } else { 50 };
        Self { token: None, renewal: 0, budget, counted: 0 }
    }

    /// Makes a call; whether it succeeds.
    fn call(&mut self, service: &mut Service, store: &mut Option<Store>, now: u32) -> bool {
        let living = self.token.filter(|token| now < token.end);
        if living.is_none() || now >= self.renewal {
            let renewed = self.fetch(service, store, None, now).or(living);
            self.keep(renewed, now);
        }
        let Some(token) = self.token else { return false };
        if service.works(token, now) {
            return true;
        }
        let other = self.fetch(service, store, Some(token.number), now);
        self.keep(other.or(Some(token)), now);
        other.is_some_and(|token| service.works(token, now))
    }

    fn keep(&mut self, token: Option<Token>, now: u32) {
        self.token = token;
        let life = token.map_or(0, |token| token.end.saturating_sub(now));
        self.renewal = now + life - fastrand::u32(LEAD).min(life / 2);
    }

    fn fetch(
        &mut self,
        service: &mut Service,
        store: &mut Option<Store>,
        refused: Option<usize>,
        now: u32,
    ) -> Option<Token> {
        if let Some(kept) = store.as_ref().and_then(|store| store.of_use(refused, now)) {
            return Some(kept);
        }
        let fetched = self.may_fetch(service.kind, now).then(|| service.fetch(now)).flatten()?;
        if let Some(store) = store {
            store.0 = Some(fetched);
        }
        Some(fetched)
    }

    /// The client's own limit.
    fn may_fetch(&mut self, kind: Kind, now: u32) -> bool {
        let (burst, a_minute) = if kind == Kind::Stable { (1000, 300) } else { (50, 1) };
        self.budget = (self.budget + (now - self.counted) / MINUTE * a_minute).min(burst);
        self.counted = now;
        let allowed = self.budget > 0;
        self.budget = self.budget.saturating_sub(1);
        allowed
    }
}

/// The token that the fleet shares.
struct Store(Option<Token>);

impl Store {
    fn of_use(&self, refused: Option<usize>, now: u32) -> Option<Token> {
        self.0.filter(|token| Some(token.number) != refused && now + LEAD.end < token.end)
    }
}

struct Outcome {
    requests: u64,
    calls: u64,
    failed: u64,
}

impl std::fmt::Display for Outcome {
    #[expect(clippy::cast_precision_loss, reason = "a share with one digit")]
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = 100.0 * self.failed as f64 / self.calls as f64;
        write!(out, "{} ({share:.1} %)", self.requests)
    }
}

fn play(kind: Kind, has_store: bool, processes: usize) -> Outcome {
    fastrand::seed(1);
    let mut service = Service { kind, ends: Vec::new(), requests: 0 };
    let mut store = has_store.then_some(Store(None));
    let mut fleet = vec![Process::new(kind); processes];
    let (mut calls, mut failed) = (0, 0);
    for now in (0..DAY).step_by(MINUTE as usize) {
        for process in &mut fleet {
            calls += 1;
            failed += u64::from(!process.call(&mut service, &mut store, now));
        }
    }
    Outcome { requests: service.requests, calls, failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_quotes_what_it_prints() {
        let page = include_str!("../src/guide/many_instances.rs");
        for (processes, shown) in [(1, "1"), (100, "100"), (10_000, "10,000")] {
            let choices = [
                (Kind::Stable, false),
                (Kind::Stable, true),
                (Kind::Legacy, false),
                (Kind::Legacy, true),
            ];
            let columns = choices.map(|(kind, store)| play(kind, store, processes).to_string());
            let line = format!("| {shown} | {} |", columns.join(" | "));
            assert!(page.contains(&line), "{line}");
        }
    }
}

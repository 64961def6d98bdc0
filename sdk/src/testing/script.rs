//! The faults that a test has scripted, and what each does to a call.

use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;

use super::endpoint::Endpoint;
use super::http::Reply;
use super::log::Cut;
use super::refusal::Refusal;

/// The faults, in the order in which they were scripted.
#[derive(Debug, Default)]
pub(super) struct Script(Vec<Fault>);

/// What happens to which calls.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) endpoint: Endpoint,
    /// The first call that it concerns, counted from 1 since it was scripted.
    pub(super) first: u64,
    /// How many calls in a row it concerns; all that follow, if it is not said.
    pub(super) times: Option<u64>,
    pub(super) seen: u64,
    pub(super) effect: Effect,
}

/// What happens to a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Effect {
    pub(super) delay: Duration,
    /// What the call waits for.
    pub(super) gate: Option<watch::Receiver<bool>>,
    pub(super) answer: Answer,
    pub(super) message: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) content_type: Option<String>,
    /// The pause before each byte of the body.
    pub(super) trickle: Option<Duration>,
    pub(super) cut: Option<Cut>,
    /// Whether the request takes effect; if it is not said, that follows from the answer.
    pub(super) carried_out: Option<bool>,
}

/// What a call is answered with.
#[derive(Clone, Debug, Default)]
pub(super) enum Answer {
    /// What it would be answered with anyway.
    #[default]
    Truth,
    /// The same, with control characters in its strings.
    Controls,
    /// This return code.
    Code(i64),
    /// This body.
    Body(Bytes),
}

impl Script {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What happens to a call that has just arrived. Every fault counts the call; of those that
    /// concern it, the one that was scripted first takes effect.
    pub(super) fn effect_on(&mut self, path: &str) -> Effect {
        let concerned = self.0.iter_mut().filter(|fault| fault.endpoint.covers(path));
        let mut effects = concerned.filter_map(Fault::count).collect::<Vec<_>>();
        self.0.retain(Fault::is_pending);
        if effects.is_empty() { Effect::default() } else { effects.swap_remove(0) }
    }
}

impl Fault {
    /// Counts a call, and tells what happens to it if it is one of those concerned.
    fn count(&mut self) -> Option<Effect> {
        self.seen = self.seen.saturating_add(1);
        (self.seen >= self.first && self.is_due()).then(|| self.effect.clone())
    }

    fn is_due(&self) -> bool {
        self.last().is_none_or(|last| self.seen <= last)
    }

    fn is_pending(&self) -> bool {
        self.last().is_none_or(|last| self.seen < last)
    }

    fn last(&self) -> Option<u64> {
        self.times.map(|times| self.first.saturating_add(times).saturating_sub(1))
    }
}

impl Effect {
    /// Waits, as long as the script says.
    pub(super) async fn wait(&mut self) {
        tokio::time::sleep(self.delay).await;
        if let Some(gate) = &mut self.gate {
            // A gate that is gone is open.
            let _ = gate.wait_for(|open| *open).await;
        }
    }

    /// Whether the call takes effect on the server.
    pub(super) fn is_carried_out(&self) -> bool {
        self.carried_out.unwrap_or(matches!(self.answer, Answer::Truth | Answer::Controls))
    }

    /// The reply to a call, given what it would be without the fault.
    pub(super) fn shape(&self, truth: impl FnOnce() -> Reply, now: Duration) -> Reply {
        let truth = self.is_carried_out().then(truth);
        let mut reply = self.answer(truth, now);
        if let Some(status) = self.status {
            reply.status = status;
        }
        if let Some(content_type) = &self.content_type {
            reply.content_type.clone_from(content_type);
        }
        reply.trickle = self.trickle;
        reply
    }

    fn answer(&self, truth: Option<Reply>, now: Duration) -> Reply {
        match (&self.answer, truth) {
            (Answer::Truth, Some(truth)) => truth,
            (Answer::Controls, Some(truth)) => {
                Reply { body: with_controls(&truth.body).into(), ..truth }
            }
            (Answer::Code(code), _) => self.refusal(*code).reply(now),
            (Answer::Body(body), _) => Reply { body: body.clone(), ..Reply::empty() },
            // The script wants neither effect nor another answer.
            (Answer::Truth | Answer::Controls, None) => Reply::empty(),
        }
    }

    fn refusal(&self, code: i64) -> Refusal {
        Refusal { message: self.message.clone(), ..Refusal::new(code) }
    }
}

/// Puts raw control characters, which JSON forbids there, at the end of each string that is a
/// value; into a message that is added if there is no such string.
fn with_controls(body: &[u8]) -> Vec<u8> {
    const CONTROLS: &[u8] = b"\x01\t\n\x1f";
    let mut out = Vec::with_capacity(body.len() + 64);
    let (mut in_string, mut escaped, mut any) = (false, false, false);
    for (index, &byte) in body.iter().enumerate() {
        let is_quote = byte == b'"' && !escaped;
        if is_quote && in_string && body.get(index + 1) != Some(&b':') {
            out.extend_from_slice(CONTROLS);
            any = true;
        }
        in_string ^= is_quote;
        escaped = in_string && byte == b'\\' && !escaped;
        out.push(byte);
    }
    if !any && out.pop().is_some() {
        out.extend([b",\"errmsg\":\"ok", CONTROLS, b"\"}"].concat());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(first: u64, times: Option<u64>, code: i64) -> Fault {
        let effect = Effect { answer: Answer::Code(code), ..Effect::default() };
        Fault { endpoint: Endpoint::TOKEN, first, times, seen: 0, effect }
    }

    fn codes(script: &mut Script, calls: usize) -> Vec<i64> {
        let code = |_| match script.effect_on("/cgi-bin/token").answer {
            Answer::Code(code) => code,
            _ => 0,
        };
        (0..calls).map(code).collect()
    }

    #[test]
    fn a_fault_concerns_the_calls_that_it_names() {
        let mut script = Script::default();
        script.add(fault(2, Some(2), -1));
        assert_eq!(codes(&mut script, 5), [0, -1, -1, 0, 0]);
        assert!(script.0.is_empty());
    }

    #[test]
    fn of_two_faults_the_earlier_has_its_way() {
        let mut script = Script::default();
        script.add(fault(2, Some(1), -1));
        script.add(fault(1, None, 45011));
        assert_eq!(codes(&mut script, 4), [45011, -1, 45011, 45011]);
    }

    #[test]
    fn another_endpoints_calls_are_not_counted() {
        let mut script = Script::default();
        script.add(fault(1, Some(1), -1));
        assert!(matches!(script.effect_on("/elsewhere").answer, Answer::Truth));
        assert_eq!(codes(&mut script, 1), [-1]);
    }

    #[test]
    fn control_characters_go_into_values() {
        for (body, expected) in [
            (r#"{"a":"b"}"#, r#"{"a":"b^"}"#),
            (r#"{"a":"","b":["c"]}"#, r#"{"a":"^","b":["c^"]}"#),
            (r#"{"a":0}"#, r#"{"a":0,"errmsg":"ok^"}"#),
            (r#"{"a\":":"\"\\"}"#, r#"{"a\":":"\"\\^"}"#),
            ("", ""),
        ] {
            let expected = expected.replace('^', "\x01\t\n\x1f");
            assert_eq!(with_controls(body.as_bytes()), expected.as_bytes(), "{body}");
        }
    }

    #[test]
    fn what_has_neither_effect_nor_another_answer_is_answered_with_nothing() {
        for answer in [Answer::Truth, Answer::Controls] {
            let effect = Effect { answer, carried_out: Some(false), ..Effect::default() };
            let reply = effect.shape(|| Reply::closing(500), Duration::ZERO);
            assert_eq!((reply.status, &*reply.body), (200, &b""[..]));
        }
    }
}

//! Compares operations and return codes.
//!
//! ```text
//! { "operationId": "getShop", "path": "/shop" } -> { .., "path": "/store" }   another URL: major
//! { "operationId": "getShop", .. } -> { "operationId": "readShop", .. }       another method: major
//! ```

use super::at::At;
use super::matched::Matched;
use super::side::Side;
use super::surface::{CLIENT, RETURN_CODE, items_method};
use super::verdict::{Effect, Verdict};
use super::wire::Wire;
use crate::model::{Direction, Operation, Reply};
use crate::schema::ReturnCode;

/// A fact of an operation: its pointer in the description, the kind of its change, how messages
/// show it, and the effect of a change.
type Fact =
    (&'static str, &'static str, fn(&Operation) -> String, fn(&Operation, &Operation) -> Effect);

const FACTS: [Fact; 9] = [
    ("/operationId", "operation-id", |it| format!("`{}`", it.id), |_, _| Effect::default()),
    (
        "/path",
        "path",
        |it| format!("`{}`", it.path),
        |_, _| Effect::new(Verdict::Major, "the call goes to another URL"),
    ),
    (
        "/method",
        "method",
        |it| if it.is_get { "GET" } else { "POST" }.to_owned(),
        |_, _| Effect::new(Verdict::Major, "the call is made by another HTTP method"),
    ),
    ("/security", "security", token, |_, _| {
        Effect::new(Verdict::Major, "the access token is sent, or no longer sent")
    }),
    ("/idempotent", "idempotent", repetition, effect_on_repetition),
    ("/envelope/code", "envelope-code", |it| format!("`{}`", it.code), envelope_moves),
    ("/envelope/message", "envelope-message", |it| format!("`{}`", it.message), envelope_moves),
    ("/paging", "paging", pages, effect_on_pages),
    ("/internal", "internal", maker, |_, _| Effect::default()),
];

fn token(operation: &Operation) -> String {
    if operation.needs_token { "needs a token" } else { "needs no token" }.to_owned()
}

fn repetition(operation: &Operation) -> String {
    if operation.idempotent { "idempotent" } else { "not idempotent" }.to_owned()
}

fn effect_on_repetition(_: &Operation, new: &Operation) -> Effect {
    if new.idempotent {
        Effect::new(Verdict::Major, "the call is repeated: what it writes may be written twice")
    } else {
        Effect::new(Verdict::Minor, "the call is no longer repeated where that could help")
    }
}

fn envelope_moves(_: &Operation, _: &Operation) -> Effect {
    Effect::new(Verdict::Major, "return code and message are read from other properties")
}

fn maker(operation: &Operation) -> String {
    if operation.internal { "made by the runtime alone" } else { "has a method" }.to_owned()
}

fn effect_on_pages(old: &Operation, new: &Operation) -> Effect {
    match (&old.paging, &new.paging) {
        (None, _) => Effect::new(Verdict::Minor, "its items can be read page by page"),
        (Some(_), None) => Effect::new(Verdict::Major, "its items are no longer read by pages"),
        (Some(_), Some(_)) => Effect::new(Verdict::Major, "pages are asked for in another way"),
    }
}

/// The `paging` of an operation, as messages show it.
fn pages(operation: &Operation) -> String {
    let Some(paging) = &operation.paging else { return "no pages".to_owned() };
    let named = paging.named.iter().map(|(keyword, name)| format!("{} `{name}`", keyword.name()));
    let parts: Vec<String> = std::iter::once(format!("`{}`", paging.name)).chain(named).collect();
    parts.join(", ")
}

impl<'s> Wire<'s> {
    /// Compares all operations, with their requests and replies.
    pub(super) fn operations(&mut self) {
        let operations = |side: &Side<'s>| side.model().operations.iter().collect::<Vec<_>>();
        let matched = Matched::of(&operations(self.old), &operations(self.new), &SAME_OPERATION);
        for (before, after) in matched.pairs {
            self.operation(before, after);
        }
        matched.removed.into_iter().for_each(|it| self.lone_operation(it, false));
        matched.added.into_iter().for_each(|it| self.lone_operation(it, true));
    }

    /// Reports an operation that only one side has.
    fn lone_operation(&mut self, operation: &Operation, is_added: bool) {
        let side = if is_added { self.new } else { self.old };
        let place = Some(side.fact(operation, "/operationId"));
        let places = if is_added { (None, place) } else { (place, None) };
        let at = At::of(&operation.id, None, places)
            .with_part(CLIENT, &operation.method_name)
            .with_parts(items_method(operation))
            .with_part(&side.model().get(operation.request).name, "");
        let (what, done, effect) = if is_added {
            ("operation-added", "added", Effect::new(Verdict::Minor, "a new call"))
        } else {
            let effect = Effect::new(Verdict::Major, "the call is no longer made");
            ("operation-removed", "removed", effect)
        };
        let message = format!("the operation `{}` is {done}", operation.id);
        self.add(&at, (what, message), effect);
    }

    fn operation(&mut self, old: &'s Operation, new: &'s Operation) {
        self.facts(old, new);
        let at = self.at(("/request", old, new), Some(Direction::Sent));
        self.named(&at, old.request, new.request);
        let at = self.at(("/response", old, new), Some(Direction::Received));
        self.reply(&at, &old.reply, &new.reply);
    }

    fn at(
        &self,
        (pointer, old, new): (&str, &Operation, &Operation),
        direction: Option<Direction>,
    ) -> At {
        let places = (Some(self.old.fact(old, pointer)), Some(self.new.fact(new, pointer)));
        let old_request = &self.old.model().get(old.request).name;
        At::of(&new.id, direction, places)
            .with_part(CLIENT, &old.method_name)
            .with_part(CLIENT, &new.method_name)
            .with_parts(items_method(old))
            .with_parts(items_method(new))
            .with_part(old_request, "Endpoint")
            .with_part(old_request, "Paged")
    }

    /// Reports the facts that differ.
    fn facts(&mut self, old: &Operation, new: &Operation) {
        for (pointer, what, shown, effect) in FACTS {
            let (before, after) = (shown(old), shown(new));
            if before != after {
                let at = self.at((pointer, old, new), None);
                self.add(&at, (what, format!("{before} -> {after}")), effect(old, new));
            }
        }
        self.operation_docs(old, new);
    }

    fn operation_docs(&mut self, old: &Operation, new: &Operation) {
        let (before, after) = (&old.docs, &new.docs);
        let at = self.at(("", old, new), None);
        let same = before.summary == after.summary
            && before.description == after.description
            && before.source == after.source
            && old.errors == new.errors;
        if !same {
            self.documented(&at, "documentation", "the documentation of the operation changes");
        }
        if before.exchanges != after.exchanges {
            self.documented(&at, "examples", "the examples change");
        }
    }

    fn reply(&mut self, at: &At, old: &'s Reply, new: &'s Reply) {
        match (old, new) {
            (Reply::Nothing, Reply::Nothing) => {}
            (Reply::Root(old), Reply::Root(new)) => self.types(at, old, new),
            (
                Reply::Property { name: before, ty: old, required: was_required },
                Reply::Property { name: after, ty: new, required },
            ) => {
                self.payload(at, (before, after), (*was_required, *required));
                let mut at = at.clone();
                at.null_is_absent = !required;
                self.types(&at, old, new);
            }
            (_, Reply::Nothing) => {
                let effect = Effect::new(Verdict::Minor, "the payload is no longer read");
                self.add(at, ("payload", "the reply has no payload any more"), effect);
            }
            _ => {
                let effect = Effect::new(Verdict::Major, "the payload is read from elsewhere");
                self.add(at, ("payload", "the payload of the reply moves"), effect);
            }
        }
    }

    fn payload(&mut self, at: &At, (old, new): (&str, &str), (was, is): (bool, bool)) {
        if old != new {
            let effect = Effect::new(Verdict::Major, "the payload is read from elsewhere");
            let message = format!("the payload is `{new}` instead of `{old}`");
            self.add(at, ("payload", message), effect);
        }
        if was != is {
            let (message, verdict, note) = if is {
                let note = "a reply without it is no longer read";
                ("the payload is now required", Verdict::Major, note)
            } else {
                let note = "every reply that was read still is";
                ("the payload is now optional", Verdict::Minor, note)
            };
            self.add(at, ("payload-required", message), Effect::new(verdict, note));
        }
    }

    /// Compares the tables of return codes.
    pub(super) fn return_codes(&mut self) {
        let codes = |side: &Side<'s>| side.model().codes.iter().collect::<Vec<_>>();
        let is_same: fn(&ReturnCode, &ReturnCode) -> bool = |old, new| old.code == new.code;
        let matched = Matched::of(&codes(self.old), &codes(self.new), &[is_same]);
        for (old, new) in matched.pairs {
            self.return_code(old, new);
        }
        for code in matched.removed {
            let note = "a reply with this code is of no known class any more";
            let what = ("return-code-removed", "the return code is removed");
            self.add(&at_code((Some(code), None)), what, Effect::new(Verdict::Major, note));
        }
        for code in matched.added {
            let note = format!("a reply with this code is of the class `{}` now", code.class);
            let what = ("return-code-added", "the return code is added");
            self.add(&at_code((None, Some(code))), what, Effect::new(Verdict::Minor, note));
        }
    }

    fn return_code(&mut self, old: &ReturnCode, new: &ReturnCode) {
        let at = at_code((Some(old), Some(new)));
        if old.class != new.class {
            let note = "errors are of another class, by which retries and callers decide";
            let effect = Effect::new(Verdict::Major, note);
            let message = format!("the class `{}` is now `{}`", old.class, new.class);
            self.add(&at, ("return-code-class", message), effect);
        }
        if old.name != new.name {
            let name = |code: &ReturnCode| code.name.clone().unwrap_or_else(|| "none".to_owned());
            let message = format!("the name `{}` is now `{}`", name(old), name(new));
            self.add(&at, ("return-code-name", message), Effect::default());
        }
        if old.in_both_languages() != new.in_both_languages() {
            self.documented(&at, "documentation", "the meaning of the return code is reworded");
        }
    }
}

fn at_code((old, new): (Option<&ReturnCode>, Option<&ReturnCode>)) -> At {
    let place = |code: Option<&ReturnCode>| code.map(|code| code.place.clone());
    let number = new.or(old).map_or(0, |code| code.code);
    let at = At::of(number.to_string(), None, (place(old), place(new)));
    let names = [old, new].into_iter().flatten().filter_map(|code| code.name.as_ref());
    names.fold(at, |at, name| at.with_part(RETURN_CODE, name))
}

/// How operations are matched: by name, else by method and path.
const SAME_OPERATION: [fn(&Operation, &Operation) -> bool; 2] =
    [|old, new| old.id == new.id, |old, new| old.is_get == new.is_get && old.path == new.path];

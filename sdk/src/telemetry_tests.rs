//! What a subscriber is told, word for word.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Told {
    lines: Vec<String>,
    /// The names of spans, by their number.
    spans: Vec<&'static str>,
}

/// Listens to the threads that ask for it. It is the subscriber of the whole process: one of a
/// thread alone can miss what another thread was the first to come by.
struct Listener;

/// Does something; returns also what was told meanwhile: a line for each event, for each span that
/// began, and for each field that a span got later.
pub(crate) fn told<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| tracing::subscriber::set_global_default(Listener).unwrap());
    TOLD.set(Some(Told::default()));
    let result = work();
    (result, TOLD.take().unwrap().lines)
}

/// The lines that tell of events.
pub(crate) fn events<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let (result, lines) = told(work);
    (result, lines.into_iter().filter(|line| line.contains(" event: ")).collect())
}

fn tell<T>(line: impl FnOnce(&mut Told) -> T) -> Option<T> {
    TOLD.with_borrow_mut(|told| told.as_mut().map(line))
}

impl Subscriber for Listener {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("wechat_bizwifi") && TOLD.with_borrow(Option::is_some)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let metadata = span.metadata();
        let mut line = format!("{} span: {}", metadata.level(), metadata.name());
        span.record(&mut Fields(&mut line));
        let number = tell(|told| {
            told.lines.push(line);
            told.spans.push(metadata.name());
            told.spans.len()
        });
        Id::from_u64(number.unwrap() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        tell(|told| {
            let index = usize::try_from(span.into_u64()).unwrap() - 1;
            let mut line = told.spans[index].to_owned();
            values.record(&mut Fields(&mut line));
            told.lines.push(line);
        });
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = format!("{} event:", event.metadata().level());
        event.record(&mut Fields(&mut line));
        tell(|told| told.lines.push(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => write!(self.0, " {value:?}").unwrap(),
            name => write!(self.0, " {name}={value:?}").unwrap(),
        }
    }
}

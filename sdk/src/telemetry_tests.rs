//! What a subscriber receives, word for word.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static RECORDED: RefCell<Option<Recorded>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Recorded {
    lines: Vec<String>,
    /// The names of spans, by their number.
    spans: Vec<&'static str>,
}

/// Listens to the threads that ask for it. It is the subscriber of the whole process: one of a
/// thread alone can miss what another thread was the first to come by.
struct Listener;

/// Does something; also returns what was recorded meanwhile: a line for each event, for each span that
/// began, and for each field that a span got later.
pub(crate) fn recorded<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| tracing::subscriber::set_global_default(Listener).unwrap());
    RECORDED.set(Some(Recorded::default()));
    let result = work();
    (result, RECORDED.take().unwrap().lines)
}

/// The lines that tell of events.
pub(crate) fn events<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let (result, lines) = recorded(work);
    (result, lines.into_iter().filter(|line| line.contains(" event: ")).collect())
}

fn tell<T>(line: impl FnOnce(&mut Recorded) -> T) -> Option<T> {
    RECORDED.with_borrow_mut(|recorded| recorded.as_mut().map(line))
}

impl Subscriber for Listener {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("wechat_bizwifi") && RECORDED.with_borrow(Option::is_some)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let metadata = span.metadata();
        let mut line = format!("{} span: {}", metadata.level(), metadata.name());
        span.record(&mut Fields(&mut line));
        let number = tell(|recorded| {
            recorded.lines.push(line);
            recorded.spans.push(metadata.name());
            recorded.spans.len()
        });
        Id::from_u64(number.unwrap() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        tell(|recorded| {
            let index = usize::try_from(span.into_u64()).unwrap() - 1;
            let mut line = recorded.spans[index].to_owned();
            values.record(&mut Fields(&mut line));
            recorded.lines.push(line);
        });
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = format!("{} event:", event.metadata().level());
        event.record(&mut Fields(&mut line));
        tell(|recorded| recorded.lines.push(line));
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

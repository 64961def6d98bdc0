//! Objects with many large parts need little of the stack, also without optimisation.

use std::thread;

use crate::cases::large_objects::{Root, Side};

/// A tenth of what threads have.
const SMALL_STACK: usize = 192 * 1024;

fn on_a_small_stack(work: fn()) {
    let thread = thread::Builder::new().stack_size(SMALL_STACK).spawn(work).unwrap();
    thread.join().unwrap();
}

#[test]
fn an_object_with_many_large_parts_is_read_on_a_small_stack() {
    on_a_small_stack(|| {
        let text = r#"{"north":{"line01":"a"},"outside":{"line40":"b"}}"#;
        let root: Root = serde_json::from_str(text).unwrap();
        assert_eq!(root.north().line01(), Some("a"));
        assert_eq!(serde_json::to_string(&root).unwrap(), text);
    });
}

#[test]
fn an_object_with_many_large_parts_is_built_on_a_small_stack() {
    on_a_small_stack(|| {
        let side = Side::builder().line01("a").build().unwrap();
        let root = Root::builder().north(side).build().unwrap();
        assert_eq!(root.north().line01(), Some("a"));
    });
}

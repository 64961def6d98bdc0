//! Reports schemas that lead back to themselves on the same value, so that evaluation would not
//! end.
//!
//! ```text
//! { "$defs": { "A": { "anyOf": [{ "$ref": "#/$defs/A" }] } } }
//!
//! node 1: [AnyOf([Node(2)])], node 2: [AllOf([Node(1)])]: both are on the same value
//! ```
//!
//! A schema that leads back to itself on a part of the value is no circle: evaluation ends at the
//! innermost part.

use wechat_bizwifi_rules::Rule;

use super::{Compiler, NodeId};
use crate::diagnostics::{Place, Reporter};
use crate::util::PushAll as _;

/// Reports a schema that leads back to itself on one and the same value.
pub(crate) fn report_circle(place: &Place, reporter: &Reporter) {
    reporter
        .error(place, "leads back to itself, without an object in between")
        .help("put an object with `properties` in between");
}

/// The state of a node in the depth-first search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// It was entered and not left: the search leads through it.
    InProgress,
    Done,
}

impl Compiler<'_> {
    /// Reports the schemas that lead back to themselves on the same value.
    pub(crate) fn report_circles(&self) {
        let mut states = vec![State::New; self.schemas.len()];
        for start in (0..).take(self.schemas.len()).map(NodeId) {
            let mut stack = vec![(start, false)];
            while let Some((node, leave)) = stack.pop() {
                let state = &mut states[node.0 as usize];
                match *state {
                    _ if leave => *state = State::Done,
                    State::Done => {}
                    State::InProgress => {
                        let schema = self.located(node);
                        report_circle(&schema.place, schema.reporter);
                    }
                    State::New => {
                        *state = State::InProgress;
                        stack.push((node, true));
                        stack.push_all(self.on_same_value(node).map(|next| (next, false)));
                    }
                }
            }
        }
    }

    /// The nodes that a node leads to on the same value.
    pub(super) fn on_same_value(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.rules(node).iter().flat_map(Rule::schemas_on_value).filter_map(NodeId::of)
    }
}

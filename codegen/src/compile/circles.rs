//! Schemas that a value would have to be checked against again and again, without end.
//!
//! ```text
//! { "$defs": { "A": { "anyOf": [{ "$ref": "#/$defs/A" }] } } }
//!
//! node 1: [AnyOf([Node(2)])], node 2: [AllOf([Node(1)])]: both are of the same value
//! ```
//!
//! What is asked of the parts of a value comes to an end with it.

use wechat_bizwifi_rules::{Rule, SchemaRef};

use super::{Compiler, NodeId};

/// How far a node was looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

impl Compiler<'_> {
    /// Reports the schemas that lead back to themselves on one and the same value.
    pub(crate) fn report_circles(&self) {
        let mut states = vec![State::New; self.schemas.len()];
        for start in 0..self.schemas.len() {
            let mut left = vec![(start, false)];
            while let Some((node, is_left)) = left.pop() {
                match states[node] {
                    _ if is_left => states[node] = State::Done,
                    State::Done => {}
                    State::Open => self.report_circle(node),
                    State::New => {
                        states[node] = State::Open;
                        left.push((node, true));
                        left.extend(self.on_same_value(node).map(|next| (next, false)));
                    }
                }
            }
        }
    }

    fn report_circle(&self, node: usize) {
        let id = NodeId(u32::try_from(node).unwrap_or_default());
        self.located(id)
            .error("leads back to itself, without an object in between")
            .help("put an object with `properties` in between");
    }

    fn on_same_value(&self, node: usize) -> impl Iterator<Item = usize> {
        let references = self.schemas[node].0.iter().flat_map(Rule::schemas_on_value);
        references.filter_map(|reference| match reference {
            SchemaRef::Node(node) => usize::try_from(node).ok(),
            SchemaRef::To(_) => None,
        })
    }
}

//! Decides which schemas become statics of their own, and names these.
//!
//! ```text
//! { "items": { "$ref": "#/$defs/Leaf" }, "contains": { "$ref": "#/$defs/Leaf" } }
//!
//! LEAF_RULES, since `Leaf` is used twice
//! ```

use heck::ToShoutySnakeCase as _;
use wechat_bizwifi_rules::{Rule, SchemaRef};

use super::Tables;
use crate::compile::NodeId;
use crate::names;
use crate::util::{CollectVec as _, PushAll as _};

/// The name of statics that are not named after a place; they are numbered.
const ANY_NAME: &str = "RULES";

impl<'s> Tables<'_, 's> {
    /// The node that a reference leads to. A node that is nothing but a reference, and has no
    /// static, is skipped.
    pub(super) fn node(&self, reference: SchemaRef<'s>) -> u32 {
        let SchemaRef::Node(mut node) = reference else { return 0 };
        let mut seen = Vec::new();
        while let [Rule::AllOf([SchemaRef::Node(next)])] = self.rules(node)
            && !seen.contains(&node)
            && self.name(node).is_none()
        {
            seen.push(node);
            node = *next;
        }
        node
    }

    /// Names the nodes that are used more than once, are long, or would be deeply nested. Returns
    /// the nodes of all statics, in the order in which they are reached.
    pub(super) fn name_shared(&mut self, roots: &[(NodeId, String)]) -> Vec<u32> {
        let mut uses = vec![0_usize; self.names.len()];
        let mut order: Vec<(u32, usize)> = Vec::new();
        let mut left = roots.iter().rev().map(|(root, _)| (root.0, 0)).collect_vec();
        while let Some((node, depth)) = left.pop() {
            uses[node as usize] += 1;
            if uses[node as usize] > 1 {
                continue;
            }
            order.push((node, depth));
            // The schemas of items and of properties are nested one level deeper than others.
            let is_deeper = |rule: &Rule<'_>| matches!(rule, Rule::Items(_) | Rule::Properties(_));
            let nodes = self.rules(node).iter().flat_map(|rule| {
                let depth = depth + 1 + usize::from(is_deeper(rule));
                rule.schemas().into_iter().map(move |reference| (reference, depth))
            });
            let nodes = nodes.map(|(reference, depth)| (self.node(reference), depth)).collect_vec();
            left.push_all(nodes.into_iter().rev());
        }
        for (node, depth) in &order {
            let is_shared = uses[*node as usize] > 1 && !is_trivial(self.rules(*node));
            let is_deep = *depth > 1 && has_properties(self.rules(*node));
            let is_named = is_shared || is_deep || self.is_long(*node);
            if self.name(*node).is_none() && is_named {
                let name = self.free(&self.name_of_place(*node));
                self.names[*node as usize] = Some(name);
            }
        }
        order.into_iter().map(|(node, _)| node).filter(|it| self.name(*it).is_some()).collect_vec()
    }

    /// Whether a schema would make the table that it is used in hard to read: it has schemas in
    /// schemas, or many rules.
    fn is_long(&self, node: u32) -> bool {
        const MOST_RULES: usize = 4;
        let rules = self.rules(node);
        let mut nested = rules.iter().flat_map(Rule::schemas).map(|reference| self.node(reference));
        rules.len() > MOST_RULES || nested.any(|node| !is_trivial(self.rules(node)))
    }

    /// A name made of the last steps of the schema's place, without keywords such as `properties`.
    fn name_of_place(&self, node: u32) -> String {
        const MOST_STEPS: usize = 3;
        const LONGEST: usize = 40;
        const LEFT_OUT: [&str; 4] = ["$defs", "definitions", "properties", "items"];
        if !self.are_named_by_place {
            return ANY_NAME.to_owned();
        }
        let place = &self.compiler.located(NodeId(node)).place;
        let steps = place.pointer.split('/').filter(|step| !LEFT_OUT.contains(step)).collect_vec();
        let name = steps[steps.len().saturating_sub(MOST_STEPS)..].join("_").to_shouty_snake_case();
        let name: String = name.chars().take(LONGEST).collect();
        // The first step may be an index.
        let name =
            format!("{}{name}_RULES", if name.starts_with(char::is_numeric) { "AT_" } else { "" });
        let name = name.trim_start_matches('_');
        if names::is_identifier(name) { name.to_owned() } else { ANY_NAME.to_owned() }
    }

    pub(super) fn free(&mut self, name: &str) -> String {
        names::numbered(name, &mut self.taken)
    }
}

/// Whether the rules have schemas for named properties.
fn has_properties(rules: &[Rule<'_>]) -> bool {
    rules.iter().any(|rule| matches!(rule, Rule::Properties(it) if !it.named.is_empty()))
}

/// Whether rules are so short that they never need a static.
fn is_trivial(rules: &[Rule<'_>]) -> bool {
    matches!(rules, [] | [Rule::Never | Rule::Type(_)])
}

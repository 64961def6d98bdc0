//! Evaluating a value by the rules of a schema.
//!
//! ```text
//! {"properties": {"a": {"minimum": 1}}, "required": ["b"]}   {"a": 0}
//!
//! /a must be at least 1, is 0; must have the property `b`
//! ```

use crate::alternatives::Alternatives;
use crate::evaluated::Evaluated;
use crate::leaf;
use crate::message::{ENDLESS, Message, NESTED_SCHEMAS};
use crate::schema::{Rule, Schema, SchemaRef};
use crate::value::Value;
use crate::view::{Leaf, ValuePath, View};
use crate::violation::{Violation, Violations};

/// Evaluates a value by a schema. References by index are to these nodes.
///
/// # Errors
///
/// All violations.
pub fn evaluate<'s, 'v>(
    schema: &'s Schema<'s>,
    nodes: &'s [Schema<'s>],
    value: impl View<'v>,
) -> Result<(), Violations> {
    evaluate_by(schema, Known { nodes, alternatives: None }, value)
}

/// Like [`evaluate`], with the tags that distinguish the alternatives of the schema.
///
/// # Errors
///
/// As [`evaluate`].
pub fn evaluate_prepared<'s, 'v>(
    schema: &'s Schema<'s>,
    alternatives: &'s Alternatives<'s>,
    value: impl View<'v>,
) -> Result<(), Violations> {
    evaluate_by(schema, Known { nodes: &[], alternatives: Some(alternatives) }, value)
}

fn evaluate_by<'s, 'v>(
    schema: &'s Schema<'s>,
    known: Known<'s>,
    value: impl View<'v>,
) -> Result<(), Violations> {
    // Nearly every value is valid, and that is known sooner.
    if is_valid_by(schema, known, value) {
        return Ok(());
    }
    let mut evaluator = Evaluator { found: Some(Vec::new()), ..Evaluator::new(known) };
    evaluator.schema(schema, &Target::root(value));
    let mut found = evaluator.found.unwrap_or_default();
    found.extend(evaluator.stopped);
    if found.is_empty() { Ok(()) } else { Err(Violations(found)) }
}

/// Like [`evaluate`], for a tree. It is `#[inline]`, so that only crates with something to evaluate compile it.
///
/// # Errors
///
/// As [`evaluate`].
#[inline]
pub fn evaluate_value(
    schema: &Schema<'_>,
    nodes: &[Schema<'_>],
    value: &Value<'_>,
) -> Result<(), Violations> {
    evaluate(schema, nodes, value)
}

/// A quick check, without an evaluator: whether a value is valid by a rule. If `false`, it may still be valid.
fn is_settled<'v>(rule: &Rule<'_>, value: impl View<'v>) -> bool {
    match rule {
        Rule::PropertyOrder(orders) => orders.iter().all(|order| order.is_valid(value)),
        Rule::Required(names) => names.iter().all(|name| value.get(name).is_some()),
        Rule::Items(_) | Rule::Contains(_) | Rule::UniqueItems => {
            !matches!(value.leaf(), Leaf::Array(_))
        }
        Rule::Properties(_) | Rule::PropertyNames(_) => !matches!(value.leaf(), Leaf::Object(1..)),
        rule => rule.is_on_leaf() && leaf::is_valid(rule, &value.leaf(), value),
    }
}

/// Whether a value is valid against a schema. Stops at the first violation.
pub fn is_valid<'s, 'v>(
    schema: &'s Schema<'s>,
    nodes: &'s [Schema<'s>],
    value: impl View<'v>,
) -> bool {
    is_valid_by(schema, Known { nodes, alternatives: None }, value)
}

fn is_valid_by<'s, 'v>(schema: &'s Schema<'s>, known: Known<'s>, value: impl View<'v>) -> bool {
    if schema.0.iter().all(|rule| is_settled(rule, value)) {
        return true;
    }
    let mut evaluator = Evaluator::new(known);
    evaluator.schema(schema, &Target::root(value)) && evaluator.stopped.is_none()
}

/// A value and its place.
#[derive(Clone, Copy)]
pub(crate) struct Target<'p, V> {
    pub(crate) value: V,
    pub(crate) place: ValuePath<'p>,
}

/// How deep schemas may be nested while a value is evaluated. The stack of a thread has room for more.
const DEEPEST: u16 = 640;
/// How many nested schemas may be about the same value. More means that a schema refers to itself.
const MOST_ON_SAME_VALUE: u16 = 160;

impl<'p, V> Target<'p, V> {
    const fn root(value: V) -> Self {
        Self { value, place: ValuePath::ROOT }
    }

    pub(crate) const fn property(&'p self, name: &'p str, value: V) -> Self {
        Self { value, place: self.place.property(name) }
    }

    pub(crate) const fn item(&'p self, index: usize, value: V) -> Self {
        Self { value, place: self.place.index(index) }
    }

    /// Another value at the same place, such as the name of a property.
    pub(crate) const fn instead<W>(&self, value: W) -> Target<'p, W> {
        Target { value, place: self.place }
    }
}

/// Facts about schemas that an evaluation needs.
#[derive(Clone, Copy)]
pub(crate) struct Known<'s> {
    /// The schemas that are referred to by their index.
    nodes: &'s [Schema<'s>],
    /// The tags of their alternatives, if they were looked for.
    pub(crate) alternatives: Option<&'s Alternatives<'s>>,
}

/// The state of an evaluation.
pub(crate) struct Evaluator<'s> {
    pub(crate) known: Known<'s>,
    /// The violations so far; `None` if only validity matters.
    found: Option<Vec<Violation>>,
    /// The items or properties of the current value that have been evaluated; `None` if no rule needs to know.
    pub(crate) evaluated: Option<Box<Evaluated>>,
    /// Why the evaluation was stopped, if it was. The value is not valid then.
    stopped: Option<Violation>,
    /// The number of schemas around the current one, and of those that are about the same value.
    depth: u16,
    on_same_value: u16,
}

const NEVER: &Schema<'static> = &Schema(&[Rule::Never]);

impl<'s> Evaluator<'s> {
    const fn new(known: Known<'s>) -> Self {
        Self { known, found: None, evaluated: None, stopped: None, depth: 0, on_same_value: 0 }
    }

    /// Evaluates a subschema on the same value.
    pub(crate) fn inner<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        self.schema(self.referred(schema), target)
    }

    /// Evaluates a subschema on a value within the current one. What it evaluates within that does not count for the
    /// current value.
    pub(crate) fn within<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let (valid, rest) = self.leaves(self.referred(schema).0, target);
        if rest.is_empty() {
            return valid;
        }
        let on_same_value = std::mem::take(&mut self.on_same_value);
        let evaluated = self.evaluated.take();
        let are_valid = self.looking(rest, target);
        self.evaluated = evaluated;
        self.on_same_value = on_same_value;
        valid & are_valid
    }

    pub(crate) fn referred(&self, schema: SchemaRef<'s>) -> &'s Schema<'s> {
        match schema {
            SchemaRef::To(schema) => schema,
            SchemaRef::Node(index) => self.known.nodes.get(index as usize).unwrap_or(NEVER),
        }
    }

    fn schema<'v>(&mut self, schema: &'s Schema<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        let (valid, rest) = self.leaves(schema.0, target);
        if rest.is_empty() { valid } else { valid & self.looking(rest, target) }
    }

    /// Evaluates the first rules of a schema, which do not look into the value: most schemas have no others. Returns
    /// the rules that are left, if they can still matter.
    fn leaves<'v>(
        &mut self,
        mut rules: &'s [Rule<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> (bool, &'s [Rule<'s>]) {
        if !rules.first().is_some_and(Rule::is_on_leaf) {
            return (true, rules);
        }
        let mut valid = true;
        let leaf = target.value.leaf();
        while let [rule, rest @ ..] = rules
            && rule.is_on_leaf()
        {
            if !leaf::is_valid(rule, &leaf, target.value) {
                valid = false;
                if self.is_silent() {
                    return (false, &[]);
                }
                self.report_violation(|| leaf::violation(rule, leaf, &target.place));
            }
            rules = rest;
        }
        (valid, rules)
    }

    /// Evaluates the rules that are left, the first of which looks into the value.
    fn looking<'v>(&mut self, rules: &'s [Rule<'s>], target: &Target<'_, impl View<'v>>) -> bool {
        self.depth += 1;
        self.on_same_value += 1;
        let valid = !self.is_stopped(target)
            && if rules.iter().any(Rule::is_unevaluated) {
                self.with_unevaluated(rules, target)
            } else {
                self.rules(rules, target)
            };
        self.depth -= 1;
        self.on_same_value -= 1;
        valid
    }

    /// Evaluates all rules but the `unevaluated` ones.
    pub(crate) fn rules<'v>(
        &mut self,
        rules: &'s [Rule<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for rule in rules {
            valid &= self.rule(rule, target);
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    fn rule<'v>(&mut self, rule: &'s Rule<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        match rule {
            Rule::Items(items) => self.items(items, target),
            Rule::Contains(contains) => self.contains(contains, target),
            Rule::UniqueItems => self.unique_items(target),
            Rule::Properties(properties) => self.properties(properties, target),
            Rule::PropertyNames(names) => self.property_names(*names, target),
            Rule::Required(names) => self.required(names, target),
            Rule::DependentRequired(names) => self.dependent_required(names, target),
            Rule::DependentSchemas(schemas) => self.dependent_schemas(schemas, target),
            Rule::PropertyOrder(orders) => self.property_order(orders, target),
            Rule::AllOf(branches) => self.all_of(branches, target),
            Rule::AnyOf(branches) => self.any_of(branches, target),
            Rule::OneOf(branches) => self.one_of(branches, target),
            Rule::Not(schema) => self.not(*schema, target),
            Rule::If(condition) => self.condition(condition, target),
            // Those on what is left over come later.
            Rule::UnevaluatedItems(_) | Rule::UnevaluatedProperties(_) => true,
            _ => self.leaves(std::slice::from_ref(rule), target).0,
        }
    }

    /// Whether only validity matters, so that the first violation decides.
    pub(crate) const fn is_silent(&self) -> bool {
        self.found.is_none()
    }

    /// Reports a violation. Returns `false`, since the value is not valid.
    pub(crate) fn report<V>(
        &mut self,
        target: &Target<'_, V>,
        keyword: &'static str,
        message: impl FnOnce() -> Message,
    ) -> bool {
        self.report_violation(|| Violation::of(target.place.pointer(), keyword, message()))
    }

    pub(crate) fn report_violation(&mut self, violation: impl FnOnce() -> Violation) -> bool {
        if let Some(found) = &mut self.found {
            found.push(violation());
        }
        false
    }

    /// Runs a part of the evaluation without reports, and returns whether the value is valid.
    pub(crate) fn silently(&mut self, is_valid: impl FnOnce(&mut Self) -> bool) -> bool {
        if self.is_silent() {
            return is_valid(self);
        }
        let found = self.found.take();
        let valid = is_valid(self);
        self.found = found;
        valid
    }

    /// The violations of a value by a schema, without reporting them.
    pub(crate) fn violations<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> Vec<Violation> {
        let outer = (self.found.replace(Vec::new()), self.evaluated.take());
        self.inner(schema, target);
        let found = self.found.take().unwrap_or_default();
        (self.found, self.evaluated) = outer;
        found
    }

    /// Whether the evaluation was stopped.
    fn is_stopped<V>(&mut self, target: &Target<'_, V>) -> bool {
        let message = if self.on_same_value > MOST_ON_SAME_VALUE {
            ENDLESS
        } else if self.depth > DEEPEST {
            NESTED_SCHEMAS
        } else {
            return self.stopped.is_some();
        };
        self.stopped
            .get_or_insert_with(|| Violation::of(target.place.pointer(), "$ref", message.into()));
        true
    }
}

#[cfg(test)]
mod tests;

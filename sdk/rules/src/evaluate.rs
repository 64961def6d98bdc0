//! Evaluation: a value, the rules of a schema, and all that is wrong.
//!
//! ```text
//! {"properties": {"a": {"minimum": 1}}, "required": ["b"]}   {"a": 0}
//!
//! /a must be at least 1, is 0; must have the property `b`
//! ```

use crate::evaluated::Evaluated;
use crate::leaf;
use crate::schema::{Rule, Schema, SchemaRef};
use crate::value::Value;
use crate::view::{Leaf, Place, View};
use crate::violation::{Violation, Violations};

/// Evaluates a value by a schema, whose references may be to these nodes.
///
/// # Errors
///
/// Everything that is wrong with the value.
pub fn evaluate<'s, 'v>(
    schema: &'s Schema<'s>,
    nodes: &'s [Schema<'s>],
    value: impl View<'v>,
) -> Result<(), Violations> {
    // Nearly every value is valid, and that is known sooner.
    if is_valid(schema, nodes, value) {
        return Ok(());
    }
    let mut evaluator = Evaluator { found: Some(Vec::new()), ..Evaluator::new(nodes) };
    evaluator.schema(schema, &Target::root(value));
    let mut found = evaluator.found.unwrap_or_default();
    found.extend(evaluator.stopped);
    if found.is_empty() { Ok(()) } else { Err(Violations(found)) }
}

/// As [`evaluate`], of a value that is a tree. It is inlined so that an evaluator of trees is compiled
/// only where there is something to evaluate.
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

/// Whether a value is valid by a rule that needs neither an evaluator nor a place to tell. What is not
/// settled so may be valid all the same.
fn is_settled<'v>(rule: &Rule<'_>, value: impl View<'v>) -> bool {
    match rule {
        Rule::PropertyOrder(orders) => orders.iter().all(|order| order.is_valid(value)),
        Rule::Required(names) => names.iter().all(|name| value.get(name).is_some()),
        Rule::Items(_) | Rule::Contains(_) | Rule::UniqueItems => {
            !matches!(value.leaf(), Leaf::Array(_))
        }
        rule => rule.is_on_leaf() && leaf::is_valid(rule, value),
    }
}

/// Whether a value is valid by a schema: as [`evaluate`], but what is wrong is not looked for
/// further than it takes to know.
pub fn is_valid<'s, 'v>(
    schema: &'s Schema<'s>,
    nodes: &'s [Schema<'s>],
    value: impl View<'v>,
) -> bool {
    if schema.0.iter().all(|rule| is_settled(rule, value)) {
        return true;
    }
    let mut evaluator = Evaluator::new(nodes);
    evaluator.schema(schema, &Target::root(value)) && evaluator.stopped.is_none()
}

/// A value and its place.
#[derive(Clone, Copy)]
pub(crate) struct Target<'p, V> {
    pub(crate) value: V,
    pub(crate) place: Place<'p>,
}

/// As many schemas as this may be around one. A thread's stack has room for more.
const DEEPEST: u16 = 640;
/// Those on one and the same value: what has more refers to itself.
const MOST_ON_SAME_VALUE: u16 = 160;

impl<'p, V> Target<'p, V> {
    const fn root(value: V) -> Self {
        Self { value, place: Place::ROOT }
    }

    pub(crate) const fn property(&'p self, name: &'p str, value: V) -> Self {
        Self { value, place: self.place.property(name) }
    }

    pub(crate) const fn item(&'p self, index: usize, value: V) -> Self {
        Self { value, place: self.place.index(index) }
    }

    /// Something else, such as a property's name, that takes this value's place.
    pub(crate) const fn instead<W>(&self, value: W) -> Target<'p, W> {
        Target { value, place: self.place }
    }
}

/// An evaluation under way.
pub(crate) struct Evaluator<'s> {
    nodes: &'s [Schema<'s>],
    /// What is wrong so far; nothing, where only whether anything is wrong is asked.
    found: Option<Vec<Violation>>,
    /// Which items or properties of the current value have been evaluated; nothing, where no rule
    /// around asks.
    pub(crate) evaluated: Option<Box<Evaluated>>,
    /// Why the evaluation goes no further. Whatever else was found, the value is not valid then.
    stopped: Option<Violation>,
    /// How many schemas there are around the current one, and how many of them are on the same value.
    depth: u16,
    on_same_value: u16,
}

const NEVER: &Schema<'static> = &Schema(&[Rule::Never]);

impl<'s> Evaluator<'s> {
    const fn new(nodes: &'s [Schema<'s>]) -> Self {
        Self { nodes, found: None, evaluated: None, stopped: None, depth: 0, on_same_value: 0 }
    }

    /// A schema within a schema, on the same value.
    pub(crate) fn inner<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let schema = self.referred(schema);
        if schema.is_on_leaf() { self.leaves(schema, target) } else { self.schema(schema, target) }
    }

    /// A schema within a schema, on a value within the one around. What is evaluated within it is no
    /// business of those who ask about the one around.
    pub(crate) fn within<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let schema = self.referred(schema);
        // Most of what is within needs no more than a look.
        if schema.is_on_leaf() {
            return self.leaves(schema, target);
        }
        let on_same_value = std::mem::take(&mut self.on_same_value);
        let evaluated = self.evaluated.take();
        let valid = self.schema(schema, target);
        self.evaluated = evaluated;
        self.on_same_value = on_same_value;
        valid
    }

    pub(crate) fn referred(&self, schema: SchemaRef<'s>) -> &'s Schema<'s> {
        match schema {
            SchemaRef::To(schema) => schema,
            SchemaRef::Node(index) => self.nodes.get(index as usize).unwrap_or(NEVER),
        }
    }

    fn schema<'v>(&mut self, schema: &'s Schema<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        self.depth += 1;
        self.on_same_value += 1;
        let valid = !self.is_stopped(target)
            && if schema.0.iter().any(Rule::is_unevaluated) {
                self.with_unevaluated(schema, target)
            } else {
                self.rules(schema, target)
            };
        self.depth -= 1;
        self.on_same_value -= 1;
        valid
    }

    /// The rules of a schema that looks at nothing within a value.
    fn leaves<'v>(&mut self, schema: &'s Schema<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        let mut valid = true;
        for rule in schema.0 {
            valid &= self.leaf(rule, target);
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    /// All rules but those on what is left over.
    pub(crate) fn rules<'v>(
        &mut self,
        schema: &'s Schema<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for rule in schema.0 {
            valid &= self.rule(rule, target);
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    fn rule<'v>(&mut self, rule: &Rule<'s>, target: &Target<'_, impl View<'v>>) -> bool {
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
            _ => self.leaf(rule, target),
        }
    }

    fn leaf<'v>(&mut self, rule: &Rule<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        if leaf::is_valid(rule, target.value) {
            return true;
        }
        if self.is_silent() {
            return false;
        }
        self.report_violation(|| leaf::violation(rule, target.value.leaf(), &target.place))
    }

    /// Whether nothing is reported, so that the first violation settles it.
    pub(crate) const fn is_silent(&self) -> bool {
        self.found.is_none()
    }

    /// Reports a violation, and is never true: the value is not valid.
    pub(crate) fn report<V>(
        &mut self,
        target: &Target<'_, V>,
        keyword: &'static str,
        message: impl FnOnce() -> String,
    ) -> bool {
        self.report_violation(|| Violation::new(target.place.pointer(), keyword, message()))
    }

    pub(crate) fn report_violation(&mut self, violation: impl FnOnce() -> Violation) -> bool {
        if let Some(found) = &mut self.found {
            found.push(violation());
        }
        false
    }

    /// What something says of validity, without a report.
    pub(crate) fn silently(&mut self, is_valid: impl FnOnce(&mut Self) -> bool) -> bool {
        if self.is_silent() {
            return is_valid(self);
        }
        let found = self.found.take();
        let valid = is_valid(self);
        self.found = found;
        valid
    }

    /// What is wrong with a value by a schema, without a report.
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

    /// Whether the evaluation goes no further.
    fn is_stopped<V>(&mut self, target: &Target<'_, V>) -> bool {
        let (keyword, message) = if self.on_same_value > MOST_ON_SAME_VALUE {
            ("$ref", "cannot be checked: its schema refers to itself without end")
        } else if self.depth > DEEPEST {
            ("$ref", "cannot be checked: its schemas are nested too deep")
        } else {
            return self.stopped.is_some();
        };
        self.stopped
            .get_or_insert_with(|| Violation::new(target.place.pointer(), keyword, message));
        true
    }
}

#[cfg(test)]
mod tests;

//! Evaluation: a value, the rules of a schema, and all that is wrong.
//!
//! ```text
//! {"properties": {"a": {"minimum": 1}}, "required": ["b"]}   {"a": 0}
//!
//! /a must be at least 1, is 0; must have the property `b`
//! ```

use crate::alternatives::Alternatives;
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
    evaluate_by(schema, Known { nodes, alternatives: None }, value)
}

/// As [`evaluate`], by a schema of which it is known what distinguishes its alternatives.
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
        Rule::Properties(_) | Rule::PropertyNames(_) => !matches!(value.leaf(), Leaf::Object(1..)),
        rule => rule.is_on_leaf() && leaf::is_valid(rule, &value.leaf(), value),
    }
}

/// Whether a value is valid by a schema: as [`evaluate`], but what is wrong is not looked for
/// further than it takes to know.
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

/// What is known of schemas.
#[derive(Clone, Copy)]
pub(crate) struct Known<'s> {
    /// Those that are referred to by their index.
    nodes: &'s [Schema<'s>],
    /// What distinguishes their alternatives, if that was looked for.
    pub(crate) alternatives: Option<&'s Alternatives<'s>>,
}

/// An evaluation under way.
pub(crate) struct Evaluator<'s> {
    pub(crate) known: Known<'s>,
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
    const fn new(known: Known<'s>) -> Self {
        Self { known, found: None, evaluated: None, stopped: None, depth: 0, on_same_value: 0 }
    }

    /// A schema within a schema, on the same value.
    pub(crate) fn inner<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        self.schema(self.referred(schema), target)
    }

    /// A schema within a schema, on a value within the one around. What is evaluated within it is no
    /// business of those who ask about the one around.
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

    /// The first rules of a schema, that look at nothing within a value: most schemas have no others. And
    /// those that are left, if any matters yet.
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

    /// The rules of a schema that are left, of which the first looks into a value.
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

    /// All rules but those on what is left over.
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

//! The sixth stage: which types are sent, which received, and what Rust can do with each.

mod faults;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{Body, Direction, Model, Object, Property, Reply, Shape, TypeId};
use crate::report::Report;

/// What generating needs to know beyond the model.
#[derive(Debug)]
pub(crate) struct Plan<'m> {
    pub(crate) model: &'m Model,
    /// The types that requests and replies are made of; others, such as envelopes, are not
    /// generated.
    pub(crate) types: BTreeMap<TypeId, Planned>,
}

/// A type that will be generated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Planned {
    /// Whether it is part of a request: then all of its schema holds.
    pub(crate) sent: bool,
    /// Whether it is part of a reply: then it bears what servers really send.
    pub(crate) received: bool,
    pub(crate) traits: Traits,
    /// Whether any of its values could break a rule.
    pub(crate) has_rules: bool,
}

impl Planned {
    fn goes(&mut self, direction: Direction) -> &mut bool {
        match direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
        }
    }
}

/// Which of Rust's traits a type can have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    pub(crate) copy: bool,
    pub(crate) eq: bool,
    pub(crate) hash: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self { copy: true, eq: true, hash: true }
    }
}

impl Traits {
    fn and(self, other: Self) -> Self {
        Self {
            copy: self.copy && other.copy,
            eq: self.eq && other.eq,
            hash: self.hash && other.hash,
        }
    }
}

const OWNED: Traits = Traits { copy: false, eq: true, hash: true };
const SECRET: Traits = Traits { copy: false, eq: true, hash: false };
const JSON: Traits = Traits { copy: false, eq: true, hash: true };
/// Of an object, whatever it is made of today: a number among the properties that its description
/// gets tomorrow would take `Eq` and `Hash` from those who use them. Each also costs whoever compiles
/// the type.
const GROWING: Traits = Traits { copy: false, eq: false, hash: false };

/// Plans every type that a request or a reply is made of.
pub(crate) fn plan<'m>(model: &'m Model, report: &mut Report) -> Plan<'m> {
    let mut plan = Plan { model, types: BTreeMap::new() };
    for operation in &model.operations {
        plan.mark(vec![operation.request], Direction::Sent);
        match &operation.reply {
            Reply::Nothing => {}
            Reply::Root(shape) | Reply::Property { shape, .. } => {
                plan.mark_shape(shape, Direction::Received);
            }
        }
    }
    for root in &model.roots {
        plan.mark_shape(root, Direction::Sent);
    }
    plan.settle();
    plan.report_faults(report);
    plan
}

impl Plan<'_> {
    /// How a type is planned; as one that nothing uses, if it is not.
    pub(crate) fn of(&self, id: TypeId) -> Planned {
        self.types.get(&id).copied().unwrap_or_default()
    }

    /// The names that a type takes: its own, and its builder's.
    pub(crate) fn names_of(&self, id: TypeId) -> impl Iterator<Item = String> {
        let made = self.model.get(id);
        let has_builder = self.of(id).sent && matches!(made.body, Body::Object(_));
        let builder = has_builder.then(|| format!("{}Builder", made.name));
        std::iter::once(made.name.clone()).chain(builder)
    }

    /// An object with the properties that are there in the directions that it goes.
    pub(crate) fn object(&self, id: TypeId) -> Option<Cow<'_, Object>> {
        let Body::Object(object) = &self.model.get(id).body else { return None };
        let absent = |property: &Property| self.is_absent(id, property);
        if !object.properties.iter().any(absent) {
            return Some(Cow::Borrowed(object));
        }
        let mut object = object.clone();
        object.properties.retain(|property| !absent(property));
        Some(Cow::Owned(object))
    }

    /// A type of a plain document goes both ways.
    fn is_absent(&self, id: TypeId, property: &Property) -> bool {
        let planned = self.of(id);
        let is_document = !self.model.roots.is_empty();
        match property.only {
            _ if is_document => false,
            Some(Direction::Sent) => !planned.sent,
            Some(Direction::Received) => !planned.received,
            None => false,
        }
    }

    fn mark_shape(&mut self, shape: &Shape, direction: Direction) {
        let mut named = Vec::new();
        named_in(shape, direction, &mut named);
        self.mark(named, direction);
    }

    /// Marks types and all that they are made of.
    fn mark(&mut self, mut left: Vec<TypeId>, direction: Direction) {
        while let Some(id) = left.pop() {
            let planned = self.types.entry(id).or_default();
            if std::mem::replace(planned.goes(direction), true) {
                continue;
            }
            let mut within = |shape: &Shape| named_in(shape, direction, &mut left);
            match &self.model.get(id).body {
                Body::Pending | Body::Enum(_) => {}
                Body::Newtype(shape, _) => within(shape),
                Body::Union(union) => union.members.iter().for_each(|it| within(&it.shape)),
                Body::Object(object) => object.shapes().for_each(within),
            }
        }
    }

    /// Finds what follows from the types that a type is made of, until nothing more follows: a
    /// type that contains itself is judged by the rest of it.
    fn settle(&mut self) {
        let mut ids: Vec<TypeId> = self.types.keys().copied().collect();
        loop {
            // Types mostly refer to later ones, or mostly to earlier ones.
            ids.reverse();
            let mut changed = false;
            for id in &ids {
                let (traits, has_rules) = self.judge(*id);
                let planned = self.types.entry(*id).or_default();
                let before = (
                    planned.traits.copy,
                    planned.traits.eq,
                    planned.traits.hash,
                    planned.has_rules,
                );
                changed |= before != (traits.copy, traits.eq, traits.hash, has_rules);
                planned.traits = traits;
                planned.has_rules = has_rules;
            }
            if !changed {
                return;
            }
        }
    }

    fn judge(&self, id: TypeId) -> (Traits, bool) {
        match &self.model.get(id).body {
            Body::Pending => (Traits::default(), false),
            Body::Newtype(shape, _) => (self.traits(shape), self.has_rules(shape)),
            Body::Enum(listed) => self.judge_enum(id, listed.of_text),
            Body::Union(union) => {
                let open = self.of(id).received;
                let shapes = || union.members.iter().map(|member| &member.shape);
                let start = if open { JSON } else { Traits::default() };
                let traits = shapes().map(|shape| self.traits(shape)).fold(start, Traits::and);
                (traits, open || shapes().any(|shape| self.has_rules(shape)))
            }
            Body::Object(object) => {
                let has_rules = !object.members.is_empty()
                    || object.shapes().any(|shape| self.has_rules(shape));
                (GROWING, has_rules)
            }
        }
    }

    /// An enum that is received keeps values that are not listed, and must not send them.
    fn judge_enum(&self, id: TypeId, of_text: bool) -> (Traits, bool) {
        let open = self.of(id).received;
        (Traits { copy: !(open && of_text), ..Traits::default() }, open)
    }

    /// Which traits the Rust type of a shape can have.
    pub(crate) fn traits(&self, shape: &Shape) -> Traits {
        match shape {
            Shape::Named(id) => self.of(*id).traits,
            Shape::Any | Shape::Listed(_) | Shape::Positions(..) => JSON,
            Shape::Null | Shape::Boolean(_) | Shape::Integer(..) | Shape::Time(_) => {
                Traits::default()
            }
            Shape::Number(_) => Traits { copy: true, eq: false, hash: false },
            Shape::Text(_) => OWNED,
            Shape::Secret(_) => SECRET,
            Shape::List(shape, _) | Shape::Map(shape, _) => self.traits(shape).and(OWNED),
            Shape::Nullable(shape) | Shape::Also(shape, _) => self.traits(shape),
        }
    }

    /// Whether a value of the shape could break a rule.
    pub(crate) fn has_rules(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Named(id) => self.of(*id).has_rules,
            Shape::Any | Shape::Null => false,
            Shape::Boolean(only) => only.is_some(),
            Shape::Listed(_) | Shape::Positions(..) | Shape::Also(..) => true,
            Shape::Number(_) => true,
            Shape::Text(rules) | Shape::Secret(rules) => !rules.is_empty(),
            Shape::Integer(_, rules) | Shape::Time(rules) => !rules.is_empty(),
            Shape::List(shape, rules) => !rules.is_empty() || self.has_rules(shape),
            Shape::Map(shape, rules) => !rules.is_empty() || self.has_rules(shape),
            Shape::Nullable(shape) => self.has_rules(shape),
        }
    }
}

impl Plan<'_> {
    /// Whether a value of `outer` holds one of `inner` without anything in between: then `inner`
    /// cannot hold `outer` in the same way.
    pub(crate) fn contains(&self, outer: TypeId, inner: TypeId) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        let mut left = vec![outer];
        while let Some(id) = left.pop() {
            if id == inner {
                return true;
            }
            if seen.insert(id) {
                left.extend(self.held_directly(id));
            }
        }
        false
    }

    fn held_directly(&self, id: TypeId) -> Vec<TypeId> {
        let held = |shape: &Shape| match shape {
            Shape::Named(id) => Some(*id),
            Shape::Nullable(shape) | Shape::Also(shape, _) => match &**shape {
                Shape::Named(id) => Some(*id),
                _ => None,
            },
            _ => None,
        };
        match &self.model.get(id).body {
            Body::Object(object) => {
                object.properties.iter().filter_map(|property| held(&property.shape)).collect()
            }
            Body::Newtype(shape, _) => held(shape).into_iter().collect(),
            Body::Union(union) => {
                union.members.iter().filter_map(|member| held(&member.shape)).collect()
            }
            Body::Pending | Body::Enum(_) => Vec::new(),
        }
    }
}

/// Adds the types that a shape names. Those of its claims are there to check what is sent.
fn named_in(shape: &Shape, direction: Direction, named: &mut Vec<TypeId>) {
    match shape {
        Shape::Named(id) => named.push(*id),
        Shape::Also(shape, _) if direction == Direction::Received => {
            named_in(shape, direction, named);
        }
        _ => shape.parts().into_iter().for_each(|part| named_in(part, direction, named)),
    }
}

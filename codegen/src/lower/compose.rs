//! Schemas made of others: `$ref`, with what stands beside it, and `allOf`.

use super::kind::{Kind, stated_kind, states_one_type};
use super::shape::Site;
use super::{Lowering, Notes, identity, merge};
use crate::model::{Body, JsonType, Object, Shape};
use crate::report::Report;
use crate::schema::{Ledger, Spot, is_enforced};

/// One of the schemas that all hold.
pub(super) enum Part {
    Shape(Shape),
    Object(Object),
}

impl<'a> Lowering<'a, '_> {
    /// What all of a schema's parts allow: the target of its `$ref`, the members of its `allOf`,
    /// and what it says itself.
    pub(super) fn composed(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let reference = ledger.take("$ref").map(|taken| taken.spot);
        let members = ledger.items("allOf", report);
        let says_more =
            ledger.words().any(|word| is_enforced(word) && word != "$ref" && word != "allOf");
        if let Some(reference) = reference.as_ref().filter(|_| says_more || !members.is_empty())
            && self.lone_references
        {
            report
                .fault(&reference.place, "hides what stands beside it, in this `$schema`'s draft")
                .cure("take that out, or state draft 2020-12, where both hold");
            return None;
        }
        ledger.set_kind("what a `$ref` leads to");
        if let (Some(reference), [], false) = (&reference, members.as_slice(), says_more) {
            return self.reference(reference, site, report);
        }
        self.together(ledger, reference.as_ref(), &members, says_more, site, notes, report)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one schema")]
    fn together(
        &mut self,
        ledger: &Ledger<'a>,
        reference: Option<&Spot<'a>>,
        members: &[Spot<'a>],
        says_more: bool,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let name = Self::type_name(ledger, site.name, report)?;
        let id = self.begin_type(&ledger.spot, name.clone(), notes);
        let mut parts = Vec::new();
        if let Some(reference) = reference {
            parts.push(Part::Shape(self.reference(reference, site, report)?));
        }
        let inherited = stated_kind(ledger).or(site.inherited);
        for (index, member) in members.iter().enumerate() {
            let name = format!("{name} part {index}");
            parts.push(Part::Shape(self.schema(
                member,
                Site { name: &name, inherited },
                report,
            )?));
        }
        if says_more {
            let inherited = inherited.or_else(|| self.kind_of_parts(&parts));
            parts.insert(0, self.own_part(ledger, Site { name: &name, inherited }, notes, report)?);
        }
        self.finish_parts(ledger, id, parts, report)
    }

    /// What the schema says itself. An object is not made a type of its own: that is what the
    /// parts make together.
    fn own_part(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Part> {
        let is_object = site.inherited == Some(Kind::just(JsonType::Object));
        if is_object && states_one_type(ledger) && ledger.has("properties") {
            ledger.take("type");
            ledger.set_kind("an object");
            return Some(Part::Object(self.object(ledger, site.name, report)));
        }
        self.own_shape(ledger, site, notes, report).map(Part::Shape)
    }

    fn finish_parts(
        &mut self,
        ledger: &Ledger<'a>,
        id: crate::model::TypeId,
        parts: Vec<Part>,
        report: &mut Report,
    ) -> Option<Shape> {
        let merged = merge::parts(&mut self.model, parts);
        match merged {
            Ok(Part::Object(object)) => {
                self.finish_type(id, Body::Object(object));
                Some(Shape::Named(id))
            }
            Ok(Part::Shape(shape)) => {
                self.named.remove(&identity(&ledger.spot));
                Some(shape)
            }
            Err(why) => {
                report
                    .fault(
                        &ledger.spot.place,
                        format!("the parts of this schema cannot be put together: {why}"),
                    )
                    .cure("describe the one form that is sent");
                None
            }
        }
    }

    /// The type that what stands beside a `$ref` is about: the type of its target.
    fn kind_of_parts(&self, parts: &[Part]) -> Option<Kind> {
        let shape = parts.iter().find_map(|part| match part {
            Part::Shape(Shape::Any) | Part::Object(_) => None,
            Part::Shape(shape) => Some(shape),
        })?;
        self.kind_of(shape)
    }

    /// What a `$ref` leads to. A shape that has no name is written out wherever it is referred
    /// to, so references to references can make it as large as they like.
    pub(super) fn reference(
        &mut self,
        reference: &Spot<'a>,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        let shape = self.referenced(reference, site, report)?;
        if is_heavy(&shape) {
            report
                .fault(
                    &reference.place,
                    format!("stands for more than {MOST_PARTS} schemas without a name"),
                )
                .cure("put an object with `properties` in between");
            return None;
        }
        Some(shape)
    }

    fn referenced(
        &mut self,
        reference: &Spot<'a>,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        let target = self.references.target(reference, report)?;
        if let Some(shape) = self.named.get(&identity(&target)) {
            let shape = shape.clone();
            self.note_told(&target, &shape);
            return Some(shape);
        }
        if self.refused.contains(&identity(&target)) {
            return None;
        }
        if self.following.contains(&identity(&target)) {
            report
                .fault(&reference.place, "leads back to itself, without an object in between")
                .cure("put an object with `properties` in between");
            return None;
        }
        self.following.push(identity(&target));
        let shape = self.follow(reference, &target, site, report);
        self.following.pop();
        match &shape {
            Some(shape) => drop(self.named.insert(identity(&target), shape.clone())),
            None => drop(self.refused.insert(identity(&target))),
        }
        shape
    }

    fn follow(
        &mut self,
        reference: &Spot<'a>,
        target: &Spot<'a>,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        let mut steps = target.place.pointer.rsplit('/');
        let name = steps.next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        if matches!(steps.next(), Some("$defs" | "definitions")) {
            return self.definition(target, &name, report);
        }
        let shape = self.schema(target, site, report)?;
        let is_named = matches!(shape, Shape::Named(_));
        if is_named && !self.is_document && target.node.at("/rustName").is_none() {
            report
                .fault(&reference.place, "leads to a schema that has no name of its own")
                .cure("move it to `$defs`, or give it a `rustName`")
                .related(&target.place, "this one");
        }
        Some(shape)
    }
}

/// More parts than any schema has that people write, and as deep as Rust likes its types.
const MOST_PARTS: usize = 100;

/// Whether a shape is made of more parts than that.
fn is_heavy(shape: &Shape) -> bool {
    let mut left = vec![shape];
    let mut count = 0;
    while let Some(shape) = left.pop() {
        count += 1;
        left.extend(shape.parts());
        if count > MOST_PARTS {
            return true;
        }
    }
    false
}

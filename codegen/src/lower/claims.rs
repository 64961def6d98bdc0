//! What a schema says of its values besides their type: `not`, `if`, `contains` and their kin, and
//! alternatives that no type can be made of.

use std::collections::HashSet;

use super::kind::Kind;
use super::list::counts_or;
use super::shape::Site;
use super::{Lowering, Notes};
use crate::model::{Body, Claim, JsonType, MapRules, MemberRules, Others, Shape};
use crate::report::Report;
use crate::schema::{Ledger, Spot};
use crate::source::Value;

/// The words that claims are made of. Each has its meaning for values of every type.
pub(super) const CLAIMS: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentSchemas",
    "dependencies",
];

const SAY_OTHERS: &str =
    "say in the objects within what other properties there may be: `additionalProperties`";

impl<'a> Lowering<'a, '_> {
    /// A shape, and what the schema claims of its values besides.
    pub(super) fn with_claims(
        &mut self,
        ledger: &Ledger<'a>,
        base: Shape,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        let inherited = self.kind_of(&base).or(site.inherited);
        let site = Site { inherited, ..site };
        let mut claims = Vec::new();
        if let Some(taken) = ledger.take("not") {
            claims.push(Claim::Not(self.within(&taken.spot, "not", site, report)?));
        }
        claims.extend(self.condition(ledger, site, report)?);
        claims.extend(self.contains(ledger, site, report)?);
        for word in ["dependentSchemas", "dependencies"] {
            claims.extend(self.dependents(ledger, word, site, report)?);
        }
        self.claimed(ledger, base, claims, report)
    }

    /// A schema within a claim, named after its word.
    fn within(
        &mut self,
        spot: &Spot<'a>,
        word: &str,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        let name = format!("{} {word}", site.name);
        self.schema(spot, Site { name: &name, ..site }, report)
    }

    /// Adds claims to a shape, whose values must be kept whole to be judged.
    pub(super) fn claimed(
        &mut self,
        ledger: &Ledger<'a>,
        base: Shape,
        claims: Vec<Claim>,
        report: &mut Report,
    ) -> Option<Shape> {
        if claims.is_empty() {
            return Some(base);
        }
        if !self.keep_whole(&base) {
            report
                .fault(&ledger.spot.place, "claims something of values that are not kept whole")
                .cure(SAY_OTHERS);
            return None;
        }
        Some(Shape::Also(Box::new(base), claims))
    }

    /// Two items differ if they differ in what the schema does not list. Their types may have been
    /// unfinished when the list was lowered.
    pub(super) fn keep_what_is_compared(&mut self, report: &mut Report) {
        for (place, items) in std::mem::take(&mut self.compared) {
            if !self.keep_whole(&items) {
                report.fault(&place, "compares values that are not kept whole").cure(SAY_OTHERS);
            }
        }
    }

    /// Lets an object keep what it does not list. What is nested in it has to do so by itself.
    fn keep_whole(&mut self, shape: &Shape) -> bool {
        if let Shape::Named(id) = shape
            && let Body::Object(object) = &mut self.model.types[id.0].body
            && matches!(object.others, Others::Ignored)
        {
            object.others = Others::Kept(Shape::Any);
        }
        self.is_lossless(shape)
    }

    fn condition(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Option<Claim>> {
        if !ledger.has("then") && !ledger.has("else") {
            return Some(None);
        }
        let Some(condition) = ledger.take("if") else { return Some(None) };
        let condition = self.within(&condition.spot, "if", site, report)?;
        let mut branch = |word: &'static str| match ledger.take(word) {
            Some(taken) => self.within(&taken.spot, word, site, report).map(Some),
            None => Some(None),
        };
        Some(Some(Claim::If { condition, then: branch("then")?, otherwise: branch("else")? }))
    }

    fn contains(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Option<Claim>> {
        let Some(taken) = ledger.take("contains") else { return Some(None) };
        let site = Site { inherited: None, ..site };
        let shape = self.within(&taken.spot, "contained", site, report)?;
        let count = counts_or(ledger, "minContains", "maxContains", 1, report);
        Some(Some(Claim::Contains { shape, count }))
    }

    fn dependents(
        &mut self,
        ledger: &Ledger<'a>,
        word: &'static str,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Vec<Claim>> {
        let Some(taken) = ledger.take(word) else { return Some(Vec::new()) };
        let mut claims = Vec::new();
        for (property, spot) in taken.spot.properties(report) {
            let shape = match &spot.node.value {
                Value::Array(_) if word == "dependencies" => required_properties(&spot, report),
                _ => self.within(&spot, &format!("with {property}"), site, report)?,
            };
            claims.push(Claim::Dependent(property.to_owned(), shape));
        }
        Some(claims)
    }

    /// Alternatives that cannot be told apart by looking at the value: it is of their common type,
    /// and whether it keeps one of them is a claim.
    pub(super) fn claimed_alternatives(
        &mut self,
        ledger: &Ledger<'a>,
        lowered: Vec<(Spot<'a>, Shape)>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let base = self.base_of(ledger, &lowered, site, notes, report)?;
        let shapes = lowered.into_iter().map(|(_, shape)| shape).collect();
        let claim = if ledger.has("anyOf") { Claim::AnyOf(shapes) } else { Claim::OneOf(shapes) };
        self.claimed(ledger, base, vec![claim], report)
    }

    /// What the schema says beside its alternatives; or else the type that they have in common.
    fn base_of(
        &mut self,
        ledger: &Ledger<'a>,
        lowered: &[(Spot<'a>, Shape)],
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        if ledger.has("type") || site.inherited.is_some() {
            return self.own_types(ledger, site, notes, report);
        }
        let types: Vec<Option<JsonType>> =
            lowered.iter().map(|(_, shape)| self.json_type_of(shape)).collect();
        let common = types.first().copied().flatten();
        let common = common.filter(|first| types.iter().all(|other| *other == Some(*first)));
        if let Some(json_type) = common {
            let or_null = lowered.iter().any(|(_, shape)| self.allows_null(shape));
            let site = Site { inherited: Some(Kind { json_type, or_null }), ..site };
            return self.own_types(ledger, site, notes, report);
        }
        if self.is_document {
            return Some(Shape::Any);
        }
        report
            .fault(&ledger.spot.place, "the types listed here cannot be told apart")
            .cure("list types of different JSON types, or give each object a required property of one name with a `const` of its own");
        None
    }

    /// Whether a value of the shape, written again, is the value that was read.
    fn is_lossless(&self, shape: &Shape) -> bool {
        let mut seen = HashSet::new();
        let mut left = vec![shape];
        while let Some(shape) = left.pop() {
            match shape {
                Shape::Secret(_) => return false,
                Shape::List(shape, _)
                | Shape::Map(shape, _)
                | Shape::Nullable(shape)
                | Shape::Also(shape, _) => left.push(shape),
                Shape::Named(id) if seen.insert(*id) => match &self.model.get(*id).body {
                    Body::Pending => return false,
                    Body::Enum(_) => {}
                    Body::Newtype(shape, _) => left.push(shape),
                    Body::Union(union) => {
                        left.extend(union.members.iter().map(|member| &member.shape));
                    }
                    Body::Object(object) if matches!(object.others, Others::Ignored) => {
                        return false;
                    }
                    Body::Object(object) => left.extend(object.shapes()),
                },
                _ => {}
            }
        }
        true
    }
}

/// An object that has these properties.
fn required_properties(spot: &Spot<'_>, report: &mut Report) -> Shape {
    let names = spot.items(report);
    let required = names.iter().filter_map(|name| name.text(report)).map(str::to_owned).collect();
    let members = MemberRules { required, ..MemberRules::default() };
    Shape::Map(Box::new(Shape::Any), Box::new(MapRules { members, names: None }))
}

//! What types cannot be, seen together and in the directions that they go.

use std::collections::HashMap;

use super::Plan;
use crate::lower::report_twins;
use crate::model::{Body, Shape, TypeId};
use crate::names;
use crate::report::{Place, Report};

impl Plan<'_> {
    pub(super) fn report_faults(&self, report: &mut Report) {
        self.report_clashes(report);
        self.report_two_ways(report);
        self.report_twins(report);
        self.report_buried_secrets(report);
    }

    /// Two types of one name, or one whose name generated code uses for something else.
    fn report_clashes(&self, report: &mut Report) {
        let mut taken: HashMap<String, TypeId> = HashMap::new();
        for id in self.types.keys() {
            let made = self.model.get(*id);
            if names::is_reserved(&made.name) {
                report
                    .fault(
                        &made.place,
                        format!("generated code uses the name `{}` for something else", made.name),
                    )
                    .cure("give the schema a `rustName`");
            }
            let clashes = self.names_of(*id).filter_map(|name| {
                let other = taken.insert(name.clone(), *id)?;
                Some((name, other))
            });
            let clashes: Vec<(String, TypeId)> = clashes.collect();
            // Whose name is taken has a builder whose name is taken too.
            if let Some((name, other)) = clashes.first() {
                report
                    .fault(&made.place, format!("the type name `{name}` is taken"))
                    .cure("give one of the two another `rustName`")
                    .related(&self.model.get(*other).place, "by this");
            }
        }
    }

    /// A type that is sent and received has no place for a property of one direction.
    fn report_two_ways(&self, report: &mut Report) {
        for (id, _) in self.types.iter().filter(|(_, planned)| planned.sent && planned.received) {
            let Body::Object(object) = &self.model.get(*id).body else { continue };
            for property in object.properties.iter().filter(|property| property.only.is_some()) {
                report
                    .fault(
                        &property.place,
                        "is there in one direction, and its object is both sent and received",
                    )
                    .cure("describe what is sent and what is received apart")
                    .related(&self.model.get(*id).place, "this object");
            }
        }
    }

    /// Properties of several schemas may have met in one object, which may keep others since.
    fn report_twins(&self, report: &mut Report) {
        for object in self.types.keys().filter_map(|id| self.object(*id)) {
            report_twins(&object.properties, &object.others, report);
        }
    }

    /// A secret is written as the value of a property, and nowhere else: so that no list, map or
    /// union of secrets can be written by accident.
    fn report_buried_secrets(&self, report: &mut Report) {
        for id in self.types.keys() {
            let made = self.model.get(*id);
            match &made.body {
                Body::Pending | Body::Enum(_) => {}
                Body::Newtype(shape, _) if holds_secret(shape) => buried(&made.place, report),
                Body::Newtype(..) => {}
                Body::Union(union) => {
                    let members = union.members.iter().filter(|member| holds_secret(&member.shape));
                    members.for_each(|member| buried(&member.place, report));
                }
                Body::Object(object) => {
                    let inner = |shape: &Shape| shape.parts().into_iter().any(holds_secret);
                    for property in object.properties.iter().filter(|it| inner(&it.shape)) {
                        buried(&property.place, report);
                    }
                    if object.shapes().skip(object.properties.len()).any(holds_secret) {
                        buried(&made.place, report);
                    }
                }
            }
        }
    }
}

fn holds_secret(shape: &Shape) -> bool {
    matches!(shape, Shape::Secret(_)) || shape.parts().into_iter().any(holds_secret)
}

fn buried(place: &Place, report: &mut Report) {
    report
        .fault(place, "holds a secret that is not a property of its own")
        .cure("put it into an object, as a property whose type is \"string\"");
}

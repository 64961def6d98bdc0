//! Properties that would have the same field, or that share a spelling.
//!
//! ```text
//! { "properties": { "id": { "aliases": ["ID"] }, "ID": { .. } } }
//!
//! /properties/ID: the spelling `ID` is taken; a property can be spelled in one way here: ..
//! ```

use super::{Object, Property};
use crate::diagnostics::Reporter;
use crate::util::{PushAll as _, repeated};

impl Object {
    /// Reports properties that would have the same field, or that share a spelling.
    pub(crate) fn report_duplicates(&self, reporter: &Reporter) {
        let properties = &self.properties;
        for (index, first) in repeated(properties.iter().map(|property| &*property.field)) {
            let message = format!("the field name `{}` is taken", properties[index].field);
            let help = "give one of the two a `rustFieldName`";
            report(&properties[index], &properties[first], (message, help), reporter);
        }
        let mut spellings: Vec<(&str, &Property)> = Vec::new();
        for property in properties {
            spellings.push((&property.name, property));
            spellings.push_all(property.aliases.iter().map(|alias| (&**alias, property)));
        }
        for (index, first) in repeated(spellings.iter().map(|(spelling, _)| *spelling)) {
            let (spelling, property) = spellings[index];
            let message = format!("the spelling `{spelling}` is taken");
            let help = "a property can be spelled in one way here: take one of them out";
            report(property, spellings[first].1, (message, help), reporter);
        }
    }
}

fn report(
    property: &Property,
    other: &Property,
    (message, help): (String, &str),
    reporter: &Reporter,
) {
    reporter.error(&property.place, message).help(help).label(&other.place, "by this");
}

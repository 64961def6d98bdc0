//! Properties that would be one field, or are spelled alike.
//!
//! ```text
//! { "properties": { "id": { "aliases": ["ID"] }, "ID": { .. } } }
//!
//! /properties/ID: the spelling `ID` is taken; a property can be spelled in one way here: ..
//! ```

use std::collections::HashMap;

use super::{Object, Property};
use crate::diagnostics::Reporter;

impl Object {
    /// Reports two properties that would be one field, or are spelled alike.
    pub(crate) fn report_duplicates(&self, reporter: &Reporter) {
        let mut fields: HashMap<&str, &Property> = HashMap::new();
        let mut spellings: HashMap<&str, &Property> = HashMap::new();
        for property in &self.properties {
            if let Some(other) = fields.insert(&property.field, property) {
                let message = format!("the field name `{}` is taken", property.field);
                let help = "give one of the two a `rustFieldName`";
                report(property, other, (message, help), reporter);
            }
            for spelling in std::iter::once(&property.name).chain(&property.aliases) {
                if let Some(other) = spellings.insert(spelling, property) {
                    let message = format!("the spelling `{spelling}` is taken");
                    let help = "a property can be spelled in one way here: take one of them out";
                    report(property, other, (message, help), reporter);
                }
            }
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

//! Properties that would be one field, or are spelled alike.
//!
//! ```text
//! { "properties": { "id": { "aliases": ["ID"] }, "ID": { .. } } }
//!
//! /properties/ID: the spelling `ID` is taken; a property can be spelled in one way here: ..
//! ```

use std::collections::HashMap;

use super::{ADDITIONAL_FIELD, AdditionalProperties, Object, Property};
use crate::diagnostics::Reporter;

impl Object {
    /// Reports two properties that would be one field, or are spelled alike.
    pub(crate) fn report_duplicates(&self, reporter: &Reporter) {
        let mut fields: HashMap<&str, &Property> = HashMap::new();
        let mut spellings: HashMap<&str, &Property> = HashMap::new();
        for property in &self.properties {
            self.report_reserved_field(property, reporter);
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

    fn report_reserved_field(&self, property: &Property, reporter: &Reporter) {
        let is_kept = matches!(self.additional, AdditionalProperties::Kept(_));
        if is_kept && property.field == ADDITIONAL_FIELD {
            reporter
                .error(&property.place, format!("the field name `{ADDITIONAL_FIELD}` is taken"))
                .help("by the properties that are not listed; set `additionalProperties` to false");
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

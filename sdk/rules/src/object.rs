//! Rules on objects.
//!
//! ```text
//! {"required": ["a"]}                {}         must have the property `a`
//! {"additionalProperties": false}    {"b": 1}   /b is not allowed
//! {"propertyNames": {"maxLength": 1}}  {"ab": 1}  /ab has a name that is not valid: must have at most 1 character, has 2
//! ```

use crate::evaluate::{Evaluator, Target};
use crate::message::{Arg, PROPERTY_NAMES, REQUIRED, REQUIRED_BY};
use crate::schema::{Literal, Properties, SchemaRef};
use crate::value::Value;
use crate::view::{Leaf, View};
use crate::violation::Violation;

/// If a schema has at most this many properties, each is looked up in the object. If it has more, each property of
/// the object is looked up in the schema.
const FEW: usize = 4;

impl<'s> Evaluator<'s> {
    pub(crate) fn properties<'v>(
        &mut self,
        properties: &Properties<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        if self.is_silent() && self.evaluated.is_none() {
            return self.are_properties_valid(properties, target);
        }
        let mut valid = true;
        for (name, schema) in properties.named {
            if let Some(value) = target.value.get(name) {
                valid &= self.within(*schema, &target.property(name, value));
                if !valid && self.is_silent() {
                    return false;
                }
            }
        }
        let is_all = properties.patterns.is_empty()
            && properties.additional.is_none()
            && self.evaluated.is_none();
        valid & (is_all || self.unnamed_properties(properties, target))
    }

    /// The same without reports, so that the order does not matter: each property of the object is looked up in the
    /// schema, since objects mostly have a few of many properties.
    fn are_properties_valid<'v>(
        &mut self,
        properties: &Properties<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let only_named = properties.patterns.is_empty() && properties.additional.is_none();
        if only_named && properties.named.len() <= FEW {
            return properties.named.iter().all(|(name, schema)| {
                let value = target.value.get(name);
                value.is_none_or(|value| self.within(*schema, &target.property(name, value)))
            });
        }
        target.value.properties().all(|(name, value)| {
            let inner = target.property(name, value);
            if properties.patterns.is_empty() {
                let schema = properties.of_name(name).or(properties.additional);
                return schema.is_none_or(|schema| self.within(schema, &inner));
            }
            properties.of(name).all(|schema| self.within(schema, &inner))
        })
    }

    /// The properties by pattern, and the additional ones.
    fn unnamed_properties<'v>(
        &mut self,
        properties: &Properties<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for (index, (name, value)) in target.value.properties().enumerate() {
            let inner = target.property(name, value);
            let is_named = properties.of_name(name).is_some();
            let mut is_known = is_named;
            for schema in properties.of(name).skip(usize::from(is_named)) {
                is_known = true;
                valid &= self.within(schema, &inner);
            }
            if is_known {
                self.mark(index);
            }
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    pub(crate) fn property_names<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for (name, value) in target.value.properties() {
            let inner = target.property(name, value);
            let text = Value::from(Literal::String(name));
            let Err(found) = self.name(schema, &inner.instead(&text)) else { continue };
            valid = false;
            for violation in found {
                self.report(&inner, "propertyNames", || {
                    PROPERTY_NAMES.with([Arg::Message(&violation.into_message())])
                });
            }
        }
        valid
    }

    /// The violations of a name, if they are to be reported. Inlined like [`evaluate_value`](crate::evaluate_value).
    #[inline]
    fn name(
        &mut self,
        schema: SchemaRef<'s>,
        name: &Target<'_, &Value<'_>>,
    ) -> Result<(), Vec<Violation>> {
        if self.is_silent() {
            return if self.within(schema, name) { Ok(()) } else { Err(Vec::new()) };
        }
        let found = self.violations(schema, name);
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    pub(crate) fn required<'v>(
        &mut self,
        names: &[&str],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let Leaf::Object(_) = target.value.leaf() else { return true };
        names.iter().filter(|name| target.value.get(name).is_none()).fold(true, |_, name| {
            self.report(target, "required", || REQUIRED.with([Arg::Text(&name)]))
        })
    }

    pub(crate) fn dependent_required<'v>(
        &mut self,
        dependent: &[(&str, &[&str])],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let has = |name: &str| target.value.get(name).is_some();
        let mut valid = true;
        for (name, required) in dependent.iter().filter(|(name, _)| has(name)) {
            for other in required.iter().filter(|other| !has(other)) {
                valid = self.report(target, "dependentRequired", || {
                    REQUIRED_BY.with([Arg::Text(&name), Arg::Text(&other)])
                });
            }
        }
        valid
    }

    pub(crate) fn dependent_schemas<'v>(
        &mut self,
        dependent: &[(&str, SchemaRef<'s>)],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for (name, schema) in dependent {
            if target.value.get(name).is_some() {
                valid &= self.inner(*schema, target);
            }
        }
        valid
    }
}

//! The additional properties of an object: a map of them, or nothing if its type keeps none.
//!
//! ```text
//! { "additionalProperties": { "type": "integer" } }    BTreeMap<String, i64>
//! { "additionalProperties": false }                    ()
//! ```

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::{IgnoredAny, MapAccess};
use serde::ser::SerializeMap;
use wechat_bizwifi_rules::message::HAS_OWN_FIELD;

use super::{ObjectInfo, Property};
use crate::wire::checker::{Checker, Levels};
use crate::wire::collections::insert;
use crate::wire::context::Context;
use crate::wire::decode::{SeedInto, read_in_place};
use crate::wire::encode::{Fields, Open};
use crate::wire::seen::Entries;

/// The additional properties of an object.
pub trait AdditionalProperties: Default {
    /// Whether they hold everything that rules can look at in the JSON that they were read from.
    const SHOWS_ALL: bool = false;

    /// Reads the value of the property of this name, which comes next in the input.
    ///
    /// # Errors
    ///
    /// When the value is not of the type of additional properties, or the property appears twice.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        input: &mut A,
        cx: &Context,
    ) -> Result<(), A::Error>;

    /// Reports every violation. None of them may have the name of a property that has a field.
    fn check(&self, _: &ObjectInfo, _: Levels, _: &mut Checker<'_>) {}

    /// The number of properties.
    fn count(&self) -> usize {
        0
    }

    /// Writes them.
    fn write<M: SerializeMap>(&self, _: &mut Fields<Open<M>>) {}

    /// Them as a table sees them, if the type keeps them.
    fn entries(&self) -> Option<&dyn Entries> {
        None
    }

    /// Them for `Debug`, if the type keeps them.
    fn shown(&self) -> Option<&dyn Debug> {
        None
    }
}

impl AdditionalProperties for () {
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        _: String,
        input: &mut A,
        _: &Context,
    ) -> Result<(), A::Error> {
        input.next_value::<IgnoredAny>().map(drop)
    }
}

impl<T: Property> AdditionalProperties for BTreeMap<String, T> {
    const SHOWS_ALL: bool = T::SHOWS_ALL;

    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        input: &mut A,
        cx: &Context,
    ) -> Result<(), A::Error> {
        match read_in_place(|place| input.next_value_seed(SeedInto { cx, place })) {
            Ok(value) => insert(self, name, value, cx),
            Err(error) => Err(cx.at(name, error)),
        }
    }

    fn check(&self, info: &ObjectInfo, rules: Levels, at: &mut Checker<'_>) {
        for (name, value) in self {
            at.property(name, |at| {
                if info.keys.contains(&&**name) {
                    at.report("properties", HAS_OWN_FIELD.into());
                }
                value.check_by(rules, at);
            });
        }
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn write<M: SerializeMap>(&self, output: &mut Fields<Open<M>>) {
        for (name, value) in self {
            output.entry(name, value.to_write());
        }
    }

    fn entries(&self) -> Option<&dyn Entries> {
        Some(self)
    }

    fn shown(&self) -> Option<&dyn Debug> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::checker::Found;
    use crate::wire::object::Additional;

    #[test]
    fn an_additional_property_may_not_have_the_name_of_one_with_a_field() {
        const INFO: ObjectInfo = ObjectInfo {
            name: "Example",
            keys: &["a", "b"],
            buckets: &[],
            fields: "",
            aliases: &[],
            additional: Additional::Kept,
        };
        let additional = BTreeMap::from(["a", "c"].map(|name| (name.to_owned(), f64::NAN)));
        let mut found = Found::default();
        additional.check(&INFO, &[], &mut found.checker());
        let number = "must be a number that JSON can write, is NaN";
        let invalid = found.finish().unwrap_err();
        assert_eq!(
            invalid.to_string(),
            format!(
                "/a is a property of its own, and belongs in its own field; /a {number}; /c {number}"
            )
        );
        let violations = invalid.into_violations();
        let keywords: Vec<_> = violations.iter().map(|violation| violation.keyword).collect();
        assert_eq!(keywords, ["properties", "type", "type"]);
    }
}

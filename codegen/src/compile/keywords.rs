//! The keywords that are compiled: in which drafts each exists, and what compiles it.
//!
//! ```text
//! { "not": A }    [Not(A)]
//! ```
//!
//! CONTRIBUTING.md says what else a new keyword needs.

use wechat_bizwifi_rules::Rule;

use super::rule_builder::RuleBuilder;
use super::{arrays, logic, objects, references, values};
#[allow(clippy::enum_glob_use, reason = "a row for each of them")]
use crate::schema::Keyword::{self, *};

/// Keywords that one function compiles, in the drafts that have them.
pub(super) struct Row {
    pub(super) keywords: &'static [Keyword],
    /// Whether it belongs to the validation vocabulary, which a metaschema can leave out.
    pub(super) is_validation: bool,
    pub(super) compile: Compile,
}

type Compile = for<'c, 's> fn(&mut RuleBuilder<'c, 's>);

/// A row of another vocabulary than validation.
const fn core(keywords: &'static [Keyword], compile: Compile) -> Row {
    Row { keywords, is_validation: false, compile }
}

/// A row of the validation vocabulary.
const fn validation(keywords: &'static [Keyword], compile: Compile) -> Row {
    Row { keywords, is_validation: true, compile }
}

/// Every keyword that restricts values, in the order of the rules. Rules that look only at the
/// value itself mostly stand before rules that look at its parts, since they are evaluated faster.
pub(super) const ROWS: &[Row] = &[
    validation(&[Type], values::types),
    validation(&[Const], values::constant),
    validation(&[Enum], values::enumeration),
    validation(&[Minimum, ExclusiveMinimum], |it| {
        it.add_bounds([Minimum, ExclusiveMinimum], [Rule::Minimum, Rule::ExclusiveMinimum]);
    }),
    validation(&[Maximum, ExclusiveMaximum], |it| {
        it.add_bounds([Maximum, ExclusiveMaximum], [Rule::Maximum, Rule::ExclusiveMaximum]);
    }),
    validation(&[MultipleOf], values::multiple_of),
    validation(&[MinLength], |it| it.add_count(MinLength, Rule::MinLength)),
    validation(&[MaxLength], |it| it.add_count(MaxLength, Rule::MaxLength)),
    validation(&[Pattern], values::pattern),
    core(&[Format], values::format),
    validation(&[MinItems], |it| it.add_count(MinItems, Rule::MinItems)),
    validation(&[MaxItems], |it| it.add_count(MaxItems, Rule::MaxItems)),
    core(&[PrefixItems, Items, AdditionalItems], arrays::items),
    validation(&[UniqueItems], arrays::unique_items),
    core(&[Contains, MinContains, MaxContains], arrays::contains),
    validation(&[Required], objects::required),
    validation(&[MinProperties], |it| it.add_count(MinProperties, Rule::MinProperties)),
    validation(&[MaxProperties], |it| it.add_count(MaxProperties, Rule::MaxProperties)),
    validation(&[DependentRequired], objects::dependent_required),
    validation(&[PropertyOrder], objects::property_order),
    core(&[Properties, PatternProperties, AdditionalProperties], objects::properties),
    core(&[PropertyNames], |it| it.add_child(PropertyNames, Rule::PropertyNames)),
    core(&[DependentSchemas], objects::dependent_schemas),
    core(&[Dependencies], objects::dependencies),
    core(&[Ref], references::reference),
    core(&[DynamicRef], references::dynamic_reference),
    core(&[RecursiveRef], references::recursive_reference),
    core(&[AllOf], |it| it.add_children(AllOf, Rule::AllOf)),
    core(&[AnyOf], |it| it.add_children(AnyOf, Rule::AnyOf)),
    core(&[OneOf], logic::one_of),
    core(&[Not], |it| it.add_child(Not, Rule::Not)),
    core(&[If, Then, Else], logic::condition),
    core(&[UnevaluatedItems], |it| it.add_child(UnevaluatedItems, Rule::UnevaluatedItems)),
    core(&[UnevaluatedProperties], |it| {
        it.add_child(UnevaluatedProperties, Rule::UnevaluatedProperties);
    }),
];

#[cfg(test)]
mod tests {
    use super::ROWS;
    use crate::schema::{Support, of_schemas};

    #[test]
    fn each_keyword_that_is_enforced_is_compiled_by_one_function() {
        for info in of_schemas().filter(|info| matches!(info.support, Support::Enforced(_))) {
            let rows = ROWS.iter().filter(|row| row.keywords.contains(&info.keyword));
            assert_eq!(rows.count(), 1, "{}", info.name);
        }
    }
}

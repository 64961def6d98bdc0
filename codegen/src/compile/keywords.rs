//! The keywords that are compiled: in which drafts each exists, and what compiles it.
//!
//! ```text
//! { "not": A }    [Not(A)]
//! ```
//!
//! CONTRIBUTING.md says what else a new keyword needs.

use std::ops::RangeInclusive;

use wechat_bizwifi_rules::Rule;

use super::schema::Schema;
use super::{arrays, logic, objects, references, values};
use crate::schema::Draft::{self, Draft4, Draft6, Draft7, Draft201909, Draft202012};
#[allow(clippy::enum_glob_use, reason = "a row for each of them")]
use crate::schema::Keyword::{self, *};

/// Keywords that one function compiles.
pub(super) struct Row {
    pub(super) keywords: &'static [Keyword],
    pub(super) drafts: RangeInclusive<Draft>,
    /// Whether it belongs to the validation vocabulary, which a metaschema can leave out.
    pub(super) is_validation: bool,
    pub(super) compile: for<'c, 's> fn(&mut Schema<'c, 's>),
}

const ALL: RangeInclusive<Draft> = Draft4..=Draft202012;

type Keywords = &'static [Keyword];
type Compile = for<'c, 's> fn(&mut Schema<'c, 's>);

/// Of the core and applicator vocabularies.
const fn core(keywords: Keywords, drafts: RangeInclusive<Draft>, compile: Compile) -> Row {
    Row { keywords, drafts, is_validation: false, compile }
}

/// Of the validation vocabulary.
const fn validation(keywords: Keywords, drafts: RangeInclusive<Draft>, compile: Compile) -> Row {
    Row { keywords, drafts, is_validation: true, compile }
}

/// Every keyword that says something of values, in the order in which the rules stand: those that look
/// at what is within a value after those that do not, and so settle sooner whether it is valid.
pub(super) const ROWS: &[Row] = &[
    validation(&[Type], ALL, values::types),
    validation(&[Const], Draft6..=Draft202012, values::constant),
    validation(&[Enum], ALL, values::enumeration),
    validation(&[Minimum, ExclusiveMinimum], Draft4..=Draft4, values::draft_4_minimum),
    validation(&[Maximum, ExclusiveMaximum], Draft4..=Draft4, values::draft_4_maximum),
    validation(&[Minimum], Draft6..=Draft202012, |it| it.add_number(Minimum, Rule::Minimum)),
    validation(&[ExclusiveMinimum], Draft6..=Draft202012, |it| {
        it.add_number(ExclusiveMinimum, Rule::ExclusiveMinimum)
    }),
    validation(&[Maximum], Draft6..=Draft202012, |it| it.add_number(Maximum, Rule::Maximum)),
    validation(&[ExclusiveMaximum], Draft6..=Draft202012, |it| {
        it.add_number(ExclusiveMaximum, Rule::ExclusiveMaximum)
    }),
    validation(&[MultipleOf], ALL, values::multiple_of),
    validation(&[MinLength], ALL, |it| it.add_count(MinLength, Rule::MinLength)),
    validation(&[MaxLength], ALL, |it| it.add_count(MaxLength, Rule::MaxLength)),
    validation(&[Pattern], ALL, values::pattern),
    core(&[Format], ALL, values::format),
    validation(&[MinItems], ALL, |it| it.add_count(MinItems, Rule::MinItems)),
    validation(&[MaxItems], ALL, |it| it.add_count(MaxItems, Rule::MaxItems)),
    core(&[Items, AdditionalItems], Draft4..=Draft201909, arrays::items_or_tuple),
    core(&[PrefixItems, Items], Draft202012..=Draft202012, arrays::items),
    validation(&[UniqueItems], ALL, arrays::unique_items),
    core(&[Contains], Draft6..=Draft7, arrays::contains_one),
    core(&[Contains, MinContains, MaxContains], Draft201909..=Draft202012, arrays::contains),
    validation(&[Required], ALL, objects::required),
    validation(&[MinProperties], ALL, |it| it.add_count(MinProperties, Rule::MinProperties)),
    validation(&[MaxProperties], ALL, |it| it.add_count(MaxProperties, Rule::MaxProperties)),
    validation(&[DependentRequired], Draft201909..=Draft202012, objects::dependent_required),
    validation(&[PropertyOrder], ALL, objects::property_order),
    core(&[Properties, PatternProperties, AdditionalProperties], ALL, objects::properties),
    core(&[PropertyNames], Draft6..=Draft202012, |it| {
        it.add_child(PropertyNames, Rule::PropertyNames)
    }),
    core(&[DependentSchemas], Draft201909..=Draft202012, objects::dependent_schemas),
    core(&[Dependencies], ALL, objects::dependencies),
    core(&[Ref], ALL, references::reference),
    core(&[DynamicRef], Draft202012..=Draft202012, references::dynamic_reference),
    core(&[RecursiveRef], Draft201909..=Draft201909, references::recursive_reference),
    core(&[AllOf], ALL, |it| it.add_children(AllOf, Rule::AllOf)),
    core(&[AnyOf], ALL, |it| it.add_children(AnyOf, Rule::AnyOf)),
    core(&[OneOf], ALL, logic::one_of),
    core(&[Not], ALL, |it| it.add_child(Not, Rule::Not)),
    core(&[If, Then, Else], Draft7..=Draft202012, logic::condition),
    core(&[UnevaluatedItems], Draft201909..=Draft202012, |it| {
        it.add_child(UnevaluatedItems, Rule::UnevaluatedItems)
    }),
    core(&[UnevaluatedProperties], Draft201909..=Draft202012, |it| {
        it.add_child(UnevaluatedProperties, Rule::UnevaluatedProperties)
    }),
];

#[cfg(test)]
mod tests {
    use super::{ALL, Draft4, Draft6, Draft7, Draft201909, Draft202012, ROWS};

    #[test]
    fn a_keyword_is_compiled_in_the_drafts_that_have_it() {
        for draft in [Draft4, Draft6, Draft7, Draft201909, Draft202012] {
            assert!(ALL.contains(&draft));
            for keyword in ROWS.iter().flat_map(|row| row.keywords) {
                let is_compiled = ROWS
                    .iter()
                    .any(|row| row.keywords.contains(keyword) && row.drafts.contains(&draft));
                assert_eq!(is_compiled, keyword.exists_in(draft), "{keyword:?} in {draft}");
            }
        }
    }
}

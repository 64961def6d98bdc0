//! The generated code of each case.

use crate::instances::{Accept, accept};

/// A module for each case, with its code; and what each of its types does with a text. A document's
/// type is `Root`, those of descriptions are listed.
macro_rules! cases {
    ($($module:ident = $file:literal $(: $($type:ident),+)?;)*) => {
        $(
            #[allow(
                dead_code,
                missing_docs,
                unreachable_pub,
                clippy::option_option,
                clippy::unicode_not_nfc,
                reason = "generated for a library, whose user the test is not"
            )]
            pub(crate) mod $module {
                include!(concat!("../../../codegen/tests/goldens/", $file, ".rs"));
            }
        )*

        /// What each type of each case does with a text, by case and type.
        #[allow(deprecated, reason = "a case is about what is deprecated")]
        pub(crate) fn types() -> Vec<(&'static str, &'static str, Accept)> {
            [$( cases!(@types $module $file $($($type)+)?) ),*].concat()
        }
    };
    (@types $module:ident $file:literal) => { cases!(@types $module $file Root) };
    (@types $module:ident $file:literal $($type:ident)+) => {
        &[$( ($file, stringify!($type), accept::<$module::$type> as Accept) ),+][..]
    };
}

cases! {
    additional_items = "additional-items";
    aliases = "aliases";
    all_of_annotations = "all-of-annotations";
    all_of_apart = "all-of-apart";
    all_of_arrays = "all-of-arrays";
    all_of_at_odds = "all-of-at-odds";
    all_of_closed = "all-of-closed";
    all_of_integer_formats = "all-of-integer-formats";
    all_of_items_later = "all-of-items-later";
    all_of_nested = "all-of-nested";
    all_of_objects = "all-of-objects";
    all_of_scalar = "all-of-scalar";
    all_of_untyped = "all-of-untyped";
    alternatives_of_numbers = "alternatives-of-numbers": OpenShop;
    alternatives_with_a_length = "alternatives-with-a-length";
    anchor = "anchor";
    any_of_by_required = "any-of-by-required";
    any_of_rules = "any-of-rules";
    any_of_types = "any-of-types";
    any = "any";
    assertions_beside_each_other = "assertions-beside-each-other";
    awkward_text = "awkward-text";
    boolean = "boolean";
    bounds_of_both_kinds = "bounds-of-both-kinds";
    bundled_by_url = "bundled-by-url";
    calls = "calls": GetHours, GetToken, GetTokenReply, Hours, ListShops, SetHours;
    const_and_enum = "const-and-enum";
    const_integer = "const-integer";
    const_object = "const-object";
    const_string = "const-string";
    const_true = "const-true";
    contains = "contains";
    default = "default";
    definitions_alone = "definitions-alone": Level, Name, Root, Shop;
    definitions = "definitions";
    dependencies = "dependencies";
    dependent_required = "dependent-required";
    dependent_schemas = "dependent-schemas";
    deprecated_types = "deprecated-types";
    deprecated = "deprecated";
    directions_by_dependencies = "directions-by-dependencies": AddShop;
    directions = "directions": AddShop, AddShopReply, SetStock;
    draft_4_integers = "draft-4-integers";
    dynamic_ref = "dynamic-ref";
    enum_integers = "enum-integers";
    enum_mixed = "enum-mixed";
    enum_nullable = "enum-nullable";
    enum_strings = "enum-strings";
    field_names_of_parts = "field-names-of-parts";
    format_and_rules = "format-and-rules";
    formats_of_any_script = "formats-of-any-script";
    formats = "formats";
    if_then_else = "if-then-else";
    integer_any_multiple = "integer-any-multiple";
    integer_bounds = "integer-bounds";
    integer_exclusive_bounds = "integer-exclusive-bounds";
    integer_formats = "integer-formats";
    integer_multiple_of = "integer-multiple-of";
    integer = "integer";
    integers_beyond = "integers-beyond";
    lacks_and_keeps = "lacks-and-keeps";
    large_objects = "large-objects";
    list_counts = "list-counts";
    list_of_lists = "list-of-lists";
    list_of_objects = "list-of-objects";
    list_unique_in_object = "list-unique-in-object";
    list_unique_of_objects = "list-unique-of-objects";
    list_unique = "list-unique";
    list = "list";
    made_names = "made-names";
    map_counts = "map-counts";
    map_names = "map-names";
    map_of_objects = "map-of-objects";
    map_required = "map-required";
    map = "map";
    mixed_values_beside_rules = "mixed-values-beside-rules";
    named_values = "named-values";
    names_of_branches = "names-of-branches";
    names_of_methods = "names-of-methods";
    names_of_one_letter = "names-of-one-letter";
    names_of_types = "names-of-types";
    names_of_variants = "names-of-variants";
    names = "names";
    nested_deep = "nested-deep";
    not_beside_additional_properties = "not-beside-additional-properties";
    not_of_objects = "not-of-objects";
    not = "not";
    null = "null";
    nullable_property = "nullable-property";
    nullable = "nullable";
    number_bounds = "number-bounds";
    number_multiple_of = "number-multiple-of";
    number = "number";
    object_additional_objects = "object-additional-objects";
    object_additional = "object-additional";
    object_counts = "object-counts";
    object_empty = "object-empty";
    object_nested = "object-nested";
    object_open = "object-open";
    object_order = "object-order";
    object = "object";
    objects_among_alternatives = "objects-among-alternatives";
    one_of_beside_required = "one-of-beside-required";
    one_of_const_beside_types = "one-of-const-beside-types": GetCard;
    one_of_integers = "one-of-integers";
    one_of_required = "one-of-required";
    one_of_rules = "one-of-rules";
    one_of_strings = "one-of-strings";
    one_of_tagged_by_numbers = "one-of-tagged-by-numbers";
    one_of_tagged = "one-of-tagged";
    one_of_values = "one-of-values";
    open_within_rules = "open-within-rules";
    paging = "paging": FindDepots, ListParcels, ListTowns;
    part_of_other_types = "part-of-other-types";
    pattern_anywhere = "pattern-anywhere";
    pattern_looks_around = "pattern-looks-around";
    pattern_of_a_script = "pattern-of-a-script";
    pattern_properties_beside_properties = "pattern-properties-beside-properties";
    pattern_properties_several = "pattern-properties-several";
    pattern_properties = "pattern-properties";
    pattern = "pattern";
    patterns_beside_fields = "patterns-beside-fields";
    prefix_items_and_more = "prefix-items-and-more";
    prefix_items_and_no_more = "prefix-items-and-no-more";
    prefix_items_of_prefix_items = "prefix-items-of-prefix-items";
    prefix_items = "prefix-items";
    property_false = "property-false";
    property_names_not_strings = "property-names-not-strings";
    property_order_of_fields = "property-order-of-fields";
    property_order = "property-order";
    recursive_beside_parts = "recursive-beside-parts";
    recursive_lists = "recursive-lists";
    recursive_nullable = "recursive-nullable";
    recursive_part = "recursive-part";
    recursive_parts_of_both = "recursive-parts-of-both";
    recursive_ref = "recursive-ref";
    recursive_with_rules = "recursive-with-rules";
    ref_components = "ref-components";
    ref_pointer = "ref-pointer";
    ref_recursive_required = "ref-recursive-required";
    ref_recursive = "ref-recursive";
    ref_siblings = "ref-siblings";
    ref_to_a_nullable_part = "ref-to-a-nullable-part";
    ref_to_a_property = "ref-to-a-property";
    ref_to_the_root = "ref-to-the-root";
    reference = "ref";
    replies = "replies": GetShop, GetShopReply;
    reply_also_a_part = "reply-also-a-part": Card, CardType;
    request_with_rules = "request-with-rules": OpenShop;
    required_one = "required-one";
    rules_beside_alternatives = "rules-beside-alternatives";
    rules_beside_branches = "rules-beside-branches";
    rules_beside_fields = "rules-beside-fields";
    rules_that_ask = "rules-that-ask";
    rust_field_name = "rust-field-name";
    rust_name = "rust-name";
    sensitive = "sensitive";
    string_length = "string-length";
    string = "string";
    text_or_tuple = "text-or-tuple";
    time_in_a_range = "time-in-a-range";
    two_languages = "two-languages";
    type_beside_ref_of_draft_7 = "type-beside-ref-of-draft-7";
    type_integer_or_number = "type-integer-or-number";
    type_list = "type-list";
    type_missing = "type-missing";
    unevaluated_items = "unevaluated-items";
    unevaluated_properties = "unevaluated-properties";
    unix_time_ms = "unix-time-ms";
    unix_time = "unix-time";
    values_of_other_types = "values-of-other-types";
}

//! What builders and `new` make: nothing that breaks a rule, be it one on the object as a whole.

use crate::cases::{
    dependent_required, dependent_schemas, integer, object_counts, required_one,
    rules_beside_fields,
};

#[test]
fn a_builder_counts_the_properties_that_are_set() {
    let builder = object_counts::Root::builder;
    let said = builder().build().unwrap_err().to_string();
    assert!(said.contains("must have at least 1 property, has 0"), "{said}");
    let said = builder().a(1).b(2).c(3).build().unwrap_err().to_string();
    assert!(said.contains("must have at most 2 properties, has 3"), "{said}");
    for built in [builder().a(1).build(), builder().b(2).c(3).build()] {
        built.unwrap();
    }
}

#[test]
fn a_builder_asks_for_what_a_property_needs_beside_it() {
    let builder = dependent_required::Root::builder;
    let said = builder().card("1").number("2").build().unwrap_err().to_string();
    assert!(said.contains("has `card`, so it must have `code`"), "{said}");
    assert!(!said.contains("must have `number`"), "{said}");
    builder().number("2").build().unwrap();
    builder().card("1").number("2").code("3").build().unwrap();
}

#[test]
fn a_builder_evaluates_the_table_of_its_type_on_what_it_would_write() {
    let builder = dependent_schemas::Root::builder;
    let refused = builder().card("1").build().unwrap_err();
    assert!(refused.to_string().contains("must have the property `code`"), "{refused}");
    for built in
        [builder().build(), builder().code("2").build(), builder().card("1").code("2").build()]
    {
        built.unwrap();
    }
}

#[test]
fn new_takes_the_one_required_property_and_sets_nothing_else() {
    let root = required_one::Root::new(7);
    assert_eq!(root, required_one::Root::builder().id(7).build().unwrap());
    assert_eq!((root.note(), root.owner(), root.additional_properties().len()), (None, None, 0));
    assert_eq!(serde_json::to_string(&root).unwrap(), r#"{"form":"plain","id":7}"#);
}

#[test]
fn new_checks_what_build_checks() {
    let owner = required_one::RootOwner::new("Ann").unwrap();
    #[allow(deprecated, reason = "the only required property is")]
    let built = required_one::RootOwner::builder().name("Ann").build().unwrap();
    assert_eq!(owner, built);
    let invalid = required_one::RootOwner::new("Archibald").unwrap_err();
    assert_eq!(invalid.violations()[0].pointer, "/name");
}

#[test]
fn what_breaks_rules_of_fields_and_of_the_whole_is_said_at_once() {
    let tags = || vec!["y".to_owned()];
    let built = rules_beside_fields::Root::builder().kind(10).tags(tags()).build();
    let said = built.unwrap_err().to_string();
    let built = rules_beside_fields::Root::builder().name("Archibald").kind(1).build();
    let missing = built.unwrap_err().to_string();
    let read = |json: &str| {
        serde_json::from_str::<rules_beside_fields::Root>(json).unwrap_err().to_string()
    };
    let broken = read(r#"{"name":"Archibald","kind":10,"tags":["y"]}"#);
    let lacking = read(r#"{"kind":1,"note":""}"#);
    let unreadable = read(r#"{"name":"n","kind":"one","tags":["y"]}"#);
    let contains = "/tags must have at least 1 item that is valid against the schema";
    for (said, wanted) in [
        (&said, "/name is required"),
        (&said, "/kind must be at most 9, is 10"),
        (&said, contains),
        (&missing, "/name must have at most 4 characters, has 9"),
        (&missing, "must have the property `tags`"),
        (&broken, "/name must have at most 4 characters, has 9"),
        (&broken, "/kind must be at most 9, is 10"),
        (&broken, contains),
        (&lacking, "the required property `name` is missing"),
        (&lacking, "must have the property `tags`"),
        (&lacking, "/note must not be valid"),
        // Reading ends where a value cannot be read.
        (&unreadable, "/kind: invalid type: string"),
        (&unreadable, "at line 1 column 24"),
    ] {
        assert!(said.contains(wanted), "{wanted} in: {said}");
        assert_eq!(said.matches(wanted).count(), 1, "{wanted} once in: {said}");
    }
}

#[test]
fn a_whole_number_of_a_document_may_be_of_any_size() {
    for json in ["9223372036854775808", "-1e+30", "12"] {
        let root: integer::Root = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&root).unwrap(), json);
    }
    assert_eq!(*integer::Root::from(wechat_bizwifi::Integer::from(12)).get(), 12);
}

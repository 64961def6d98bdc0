//! Rules on an object as a whole, where a builder makes it: nothing that breaks them is built.

use crate::cases::{dependent_required, object_counts};

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

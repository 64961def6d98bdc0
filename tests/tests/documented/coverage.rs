//! Every description has an example, a generated call that is what it says, and tests.

use wechat_bizwifi::{AnyOperation, OPERATIONS};
use wechat_bizwifi_tests::descriptions;

/// The tests that each description has a module in.
const TESTS: &str = include_str!("examples.rs");

#[test]
fn every_description_has_an_example_from_its_documentation() {
    for description in descriptions() {
        let documented = description.examples.iter().any(|example| example.name == "documented");
        assert!(documented, "{} has no example named `documented`", description.file);
    }
}

#[test]
fn every_description_has_a_generated_operation_that_is_what_it_says() {
    for description in descriptions() {
        let id = &description.operation_id;
        let generated = AnyOperation::find(OPERATIONS, id).unwrap_or_else(|| panic!("no {id}"));
        let generated = generated.operation();
        let method = format!("{:?}", generated.method).to_uppercase();
        assert_eq!((method.as_str(), generated.path), (&*description.method, &*description.path));
        assert_eq!(generated.idempotent, description.idempotent, "{id}");
        let security = format!("{:?}", generated.security).to_ascii_lowercase();
        assert_eq!(security, description.security.to_ascii_lowercase(), "{id}");
        let codes: Vec<i64> = generated.return_codes.iter().map(|entry| entry.code).collect();
        for code in &description.errors {
            assert!(codes.contains(code), "{id}: {code}");
        }
    }
    assert_eq!(OPERATIONS.len(), descriptions().len(), "an operation has no description");
}

/// That the module compiles says that the client has the method, unless the call is internal.
#[test]
fn every_description_has_tests() {
    for description in descriptions() {
        let name = description.snake_name();
        let module = module(&name);
        assert!(
            module.contains("#[test]") && module.contains(&description.operation_id),
            "documented/examples.rs needs a module `{name}` that tests {}",
            description.file
        );
        assert!(
            module.contains(&format!(".{name}("))
                || description.internal && module.contains(".send("),
            "the module `{name}` of documented/examples.rs has to make the call over a socket"
        );
    }
}

/// The text of a module of the tests; empty if there is none.
fn module(name: &str) -> &'static str {
    let Some((_, rest)) = TESTS.split_once(&format!("\nmod {name} {{\n")) else { return "" };
    rest.split("\n}\n").next().unwrap_or_default()
}

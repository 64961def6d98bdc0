//! Every description has an example, a generated call that is what it says, and tests.

use wechat_bizwifi::{
    Client, Endpoint, GetAccessToken, GetCard, GetCouponPlacement, GetShop, GetStableAccessToken,
    ListCards, ListShops, ListStatistics, SetCouponPlacement,
};
use wechat_bizwifi_tests::descriptions;

/// What the generated code says of each operation. A new description's request type goes here.
fn generated() -> Vec<Generated> {
    vec![
        generated_for::<SetCouponPlacement>(),
        generated_for::<GetCouponPlacement>(),
        generated_for::<ListShops>(),
        generated_for::<GetShop>(),
        generated_for::<ListStatistics>(),
        generated_for::<ListCards>(),
        generated_for::<GetCard>(),
        generated_for::<GetStableAccessToken>(),
        generated_for::<GetAccessToken>(),
    ]
}

/// The client's generated methods: naming one that does not exist does not compile.
macro_rules! client_methods {
    ($($method:ident),* $(,)?) => {{
        $( let _ = Client::$method; )*
        [$( stringify!($method) ),*]
    }};
}

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
fn every_description_has_a_generated_request_that_is_what_it_says() {
    for description in descriptions() {
        let id = &description.operation_id;
        let Some(generated) = generated().into_iter().find(|generated| generated.id == *id) else {
            panic!("add the request type of {} to `generated` in {}", description.file, file!());
        };
        assert_eq!(generated.target, format!("{} {}", description.method, description.path));
        assert_eq!(generated.idempotent, description.idempotent, "{id}");
        assert_eq!(generated.security, description.security.to_ascii_lowercase(), "{id}");
    }
    assert_eq!(generated().len(), descriptions().len(), "a generated request has no description");
}

#[test]
fn every_description_that_is_not_internal_has_a_method_on_the_client() {
    // A new description's call goes here.
    let methods = client_methods![
        set_coupon_placement,
        get_coupon_placement,
        list_shops,
        get_shop,
        list_statistics,
        list_cards,
        get_card,
    ];
    for description in descriptions().iter().filter(|description| !description.internal) {
        let name = description.snake_name();
        assert!(methods.contains(&name.as_str()), "add {name} to `client_methods!` in {}", file!());
    }
}

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

#[test]
fn every_return_code_that_a_description_names_is_in_the_table() {
    for description in descriptions() {
        let codes =
            generated().into_iter().find(|generated| generated.id == description.operation_id);
        let codes = codes.map(|generated| generated.return_codes).unwrap_or_default();
        for code in &description.errors {
            assert!(codes.contains(code), "{}: {code}", description.file);
        }
    }
}

struct Generated {
    id: &'static str,
    target: String,
    idempotent: bool,
    security: String,
    return_codes: Vec<i64>,
}

fn generated_for<E: Endpoint>() -> Generated {
    let operation = E::OPERATION;
    Generated {
        id: operation.id,
        target: format!("{} {}", format!("{:?}", operation.method).to_uppercase(), operation.path),
        idempotent: operation.idempotent,
        security: format!("{:?}", operation.security).to_ascii_lowercase(),
        return_codes: operation.return_codes.iter().map(|entry| entry.code).collect(),
    }
}

/// The text of a module of the tests; empty if there is none.
fn module(name: &str) -> &'static str {
    let Some((_, rest)) = TESTS.split_once(&format!("\nmod {name} {{\n")) else { return "" };
    rest.split("\n}\n").next().unwrap_or_default()
}

//! How many schemas may be around one.

use super::*;

#[test]
fn so_many_schemas_may_be_around_one_and_no_more() {
    // The innermost looks into the value, so that it counts as well.
    let mut on_same_value = vec![To(&Schema(&[UniqueItems]))];
    for _ in 0..160 {
        let inner = *on_same_value.last().unwrap();
        on_same_value.push(To(Box::leak(Box::new(Schema(Box::leak(Box::new([AllOf(
            Box::leak(Box::new([inner])),
        )])))))));
    }
    let value = Array(&[]);
    assert_eq!(check(&[AllOf(&[on_same_value[158]])], &value), "");
    let found = violations(&[AllOf(&[on_same_value[159]])], &[], &value).unwrap_err().into_vec();
    assert_eq!(found.iter().map(|it| it.keyword).collect::<Vec<_>>(), ["$ref"]);
    assert!(check(&[AllOf(&[on_same_value[159]])], &value).contains("without end"));
    let list = [Items(&Items { prefix: &[], rest: Some(Node(0)) })];
    for (levels, message) in
        [(639, ""), (640, "cannot be checked: its schemas are nested too deep")]
    {
        let mut value = Array(&[]);
        for _ in 0..levels {
            value = Array(Box::leak(Box::new([value])));
        }
        assert!(check_nodes(&list, &[Schema(&list)], &value).ends_with(message), "{levels}");
    }
}

#[test]
fn a_schema_that_does_not_look_into_the_value_does_not_count() {
    fn nested(levels: usize, around: fn(SchemaRef<'static>) -> Rule<'static>) -> Rule<'static> {
        let innermost = around(To(&Schema(&[Type(Types::ARRAY)])));
        (1..levels).fold(innermost, |rule, _| {
            around(To(Box::leak(Box::new(Schema(Box::leak(Box::new([rule])))))))
        })
    }
    let on_same_value = [nested(160, |inner| AllOf(Box::leak(Box::new([inner]))))];
    assert_eq!(check(&on_same_value, &Array(&[])), "");
    assert_eq!(check(&on_same_value, &Null), "must be an array, is null");
    let within =
        [nested(640, |inner| Items(Box::leak(Box::new(Items { prefix: &[], rest: Some(inner) }))))];
    for (innermost, message) in [(Array(&[]), ""), (Null, "must be an array, is null")] {
        let value = (0..640).fold(innermost, |value, _| Array(Box::leak(Box::new([value]))));
        assert!(check(&within, &value).ends_with(message), "{message}");
    }
}

#[test]
fn a_schema_that_refers_to_itself_on_the_same_value_is_refused() {
    for rule in [
        AllOf(&[Node(0)]),
        AnyOf(&[Node(0), Node(0)]),
        OneOf(&[Node(0), Node(0), Node(0)]),
        Not(Node(0)),
        If(&If { condition: Node(0), then: Some(Node(0)), otherwise: None }),
    ] {
        let found = check_nodes(&[AllOf(&[Node(0)])], &[Schema(&[rule])], &Null);
        assert!(found.contains("its schema refers to itself without end"), "{rule:?}: {found}");
    }
    let list = [Items(&Items { prefix: &[], rest: Some(Node(0)) }), Type(Types::ARRAY)];
    let nodes = [Schema(&list)];
    assert_eq!(check_nodes(&list, &nodes, &Array(&[Array(&[]), Array(&[Array(&[])])])), "");
    assert!(
        check_nodes(&list, &nodes, &Array(&[Array(&[Null])])).starts_with("/0/0 must be an array")
    );
    assert_eq!(check_nodes(&[AllOf(&[Node(7)])], &nodes, &Null), "is not allowed");
}

#[test]
fn a_value_that_is_nested_too_deep_is_refused() {
    let mut value = Array(&[]);
    for _ in 0..5_000 {
        value = Array(Box::leak(Box::new([value])));
    }
    let list = [AllOf(&[To(&Schema(&[AnyOf(&[To(&Schema(&[Items(&Items {
        prefix: &[],
        rest: Some(Node(0)),
    })]))])]))])];
    let found = check_nodes(&list, &[Schema(&list)], &value);
    assert!(found.ends_with("its schemas are nested too deep"), "{found}");
}

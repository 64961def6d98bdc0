static ROOT: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Properties(
            &rt::Properties {
                named: &[("list", rt::SchemaRef::To(&LIST_RULES))],
                patterns: &[],
                additional: None,
            },
        ),
        rt::Rule::AllOf(
            &[rt::SchemaRef::To(&ALL_OF_0_RULES), rt::SchemaRef::To(&ALL_OF_1_RULES)],
        ),
        rt::Rule::UnevaluatedProperties(
            rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Type(rt::Types::INTEGER)])),
        ),
    ],
);

static LIST_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Items(
            &rt::Items {
                prefix: &[
                    rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Type(rt::Types::STRING)])),
                ],
                rest: None,
            },
        ),
        rt::Rule::Contains(
            &rt::Contains {
                schema: rt::SchemaRef::To(
                    &rt::Schema(
                        &[rt::Rule::Const(&rt::Literal::Number(rt::Decimal::new(7, 0)))],
                    ),
                ),
                min: 1,
                max: Some(2),
            },
        ),
        rt::Rule::UnevaluatedItems(rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Never]))),
    ],
);

static ALL_OF_0_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    (
                        "a",
                        rt::SchemaRef::To(
                            &rt::Schema(
                                &[
                                    rt::Rule::Enum(
                                        &[rt::Literal::String("x"), ALL_OF_0_RULES_VALUE_2],
                                    ),
                                ],
                            ),
                        ),
                    ),
                ],
                patterns: &[],
                additional: None,
            },
        ),
    ],
);

static ALL_OF_1_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::DependentSchemas(
            &[("a", rt::SchemaRef::To(&AT_1_DEPENDENT_SCHEMAS_A_RULES))],
        ),
    ],
);

static AT_1_DEPENDENT_SCHEMAS_A_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    (
                        "b",
                        rt::SchemaRef::To(
                            &rt::Schema(&[rt::Rule::Format(rt::Format::Date)]),
                        ),
                    ),
                ],
                patterns: &[],
                additional: None,
            },
        ),
    ],
);

const ALL_OF_0_RULES_VALUE: rt::Literal<'static> = rt::Literal::Array(
    &[
        rt::Literal::Number(rt::Decimal::new(1, 0)),
        rt::Literal::Number(rt::Decimal::new(25, -1)),
        rt::Literal::Null,
        rt::Literal::Bool(true),
    ],
);

const ALL_OF_0_RULES_VALUE_2: rt::Literal<'static> = rt::Literal::Object(
    &[("y", ALL_OF_0_RULES_VALUE)],
);

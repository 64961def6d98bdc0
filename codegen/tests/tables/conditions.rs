static ROOT: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::AnyOf(
            &[
                rt::SchemaRef::To(&rt::Schema(&[rt::Rule::MinProperties(1)])),
                rt::SchemaRef::To(&rt::Schema(&[rt::Rule::MaxProperties(0)])),
            ],
        ),
        rt::Rule::OneOf(
            &[
                rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Required(&["kind"])])),
                rt::SchemaRef::To(&ONE_OF_1_RULES),
            ],
        ),
        rt::Rule::If(
            &rt::If {
                condition: rt::SchemaRef::To(&IF_RULES),
                then: Some(rt::SchemaRef::To(&THEN_RULES)),
                otherwise: Some(rt::SchemaRef::To(&ELSE_RULES)),
            },
        ),
    ],
);

static ONE_OF_1_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::MaxProperties(2),
        rt::Rule::DependentRequired(&[("a", &["b"])]),
        rt::Rule::Not(rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Required(&["kind"])]))),
    ],
);

static IF_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Required(&["kind"]),
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    (
                        "kind",
                        rt::SchemaRef::To(
                            &rt::Schema(&[rt::Rule::Const(&rt::Literal::String("card"))]),
                        ),
                    ),
                ],
                patterns: &[],
                additional: None,
            },
        ),
    ],
);

static THEN_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Required(&["number"]),
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    (
                        "number",
                        rt::SchemaRef::To(
                            &rt::Schema(
                                &[
                                    rt::Rule::Minimum(&rt::Decimal::new(-1_234_567, 0)),
                                    rt::Rule::ExclusiveMaximum(&rt::Decimal::new(10000, -1)),
                                    rt::Rule::MultipleOf(&rt::Decimal::new(25, -2)),
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

static ELSE_RULES: rt::Schema<'static> = rt::Schema(
    &[rt::Rule::Not(rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Required(&["number"])])))],
);

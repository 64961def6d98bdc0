static ROOT: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    ("five", rt::SchemaRef::To(&FIVE_RULES)),
                    (
                        "four",
                        rt::SchemaRef::To(
                            &rt::Schema(
                                &[
                                    rt::Rule::Type(rt::Types::STRING),
                                    rt::Rule::MinLength(1),
                                    rt::Rule::MaxLength(3),
                                    rt::Rule::Pattern(&ROOT_PATTERN),
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

static FIVE_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Type(rt::Types::STRING),
        rt::Rule::MinLength(1),
        rt::Rule::MaxLength(3),
        rt::Rule::Pattern(&ROOT_PATTERN),
        rt::Rule::Not(
            rt::SchemaRef::To(
                &rt::Schema(&[rt::Rule::Const(&rt::Literal::String("aa"))]),
            ),
        ),
    ],
);

static ROOT_PATTERN: rt::Pattern<'static> = rt::Pattern::new("^a", "^a");

static ROOT: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    (
                        "a long name of a property that nobody would \
        write by hand, and which runs over a hundred \
        columns",
                        rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Never])),
                    ),
                ],
                patterns: &[
                    (
                        &ROOT_PATTERN,
                        rt::SchemaRef::To(
                            &rt::Schema(&[rt::Rule::Pattern(&ROOT_PATTERN_2)]),
                        ),
                    ),
                    (
                        &ROOT_PATTERN_2,
                        rt::SchemaRef::To(
                            &rt::Schema(
                                &[rt::Rule::Type(rt::Types::NULL.or(rt::Types::STRING))],
                            ),
                        ),
                    ),
                ],
                additional: None,
            },
        ),
        rt::Rule::PropertyNames(
            rt::SchemaRef::To(&rt::Schema(&[rt::Rule::MaxLength(10)])),
        ),
    ],
);

static ROOT_PATTERN: rt::Pattern<'static> = rt::Pattern::new(
    "^[0-9]{1,4}$",
    "^[0-9]{1,4}$",
);

static ROOT_PATTERN_2: rt::Pattern<'static> = rt::Pattern::new("^x-", "^x\\u{2D}");

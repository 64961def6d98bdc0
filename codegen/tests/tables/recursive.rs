static ROOT: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Type(rt::Types::OBJECT),
        rt::Rule::Required(&["name"]),
        rt::Rule::Properties(
            &rt::Properties {
                named: &[
                    ("alias", rt::SchemaRef::To(&NAME_RULES)),
                    ("children", rt::SchemaRef::To(&CHILDREN_RULES)),
                    ("name", rt::SchemaRef::To(&NAME_RULES)),
                ],
                patterns: &[],
                additional: Some(rt::SchemaRef::To(&rt::Schema(&[rt::Rule::Never]))),
            },
        ),
    ],
);

static NAME_RULES: rt::Schema<'static> = rt::Schema(
    &[rt::Rule::Type(rt::Types::STRING), rt::Rule::MinLength(1), rt::Rule::MaxLength(12)],
);

static CHILDREN_RULES: rt::Schema<'static> = rt::Schema(
    &[
        rt::Rule::Type(rt::Types::ARRAY),
        rt::Rule::Items(
            &rt::Items {
                prefix: &[],
                rest: Some(rt::SchemaRef::To(&ROOT)),
            },
        ),
        rt::Rule::UniqueItems,
    ],
);

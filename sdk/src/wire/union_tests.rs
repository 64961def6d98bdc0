//! What tests of unions share.

/// Implements a union that no binary format is read as, and that this function reads.
macro_rules! union_in_tests {
    ($union:ident, $decode:path) => {
        impl crate::wire::Union for $union {
            const NAME: &'static str = stringify!($union);
            const VARIANTS: &'static [&'static str] = &[];

            fn read<'de, A: serde::de::VariantAccess<'de>>(
                variant: &str,
                _: A,
                _: &crate::wire::Context,
            ) -> Result<Self, A::Error> {
                Err(serde::de::Error::custom(variant))
            }
        }

        impl crate::wire::Decode for $union {
            fn decode<'de, D: serde::Deserializer<'de>>(
                input: D,
                cx: &crate::wire::Context,
            ) -> Result<Self, D::Error> {
                $decode(input, cx)
            }
        }

        impl crate::wire::Check for $union {}
    };
}

pub(super) use union_in_tests;

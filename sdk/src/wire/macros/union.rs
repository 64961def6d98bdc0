//! Unions, enums with a variant for each of several types. The enum itself is written before the macro's call.
//!
//! ```text
//! rt::union! { closed Either { case STRING = String(String); case INTEGER = Integer(i64); } }
//!
//! From<String>, From<i64>, and how it is read, checked and written
//! ```

/// Implements a union. Its variants are distinguished by a tag, by the JSON type, or by the properties that each
/// requires; by the last, the first variant that can be read is taken. An open union keeps a value of no variant. One
/// that is only received is not checked, and neither are its variants.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        closed $name:ident $(by $tag:tt)? $(, table $table:path)? {
            $( case $key:tt = $variant:ident($ty:ty) $(, $rules:tt $(each $each:tt)*)?; )*
        }
    ) => {
        $crate::__union!(@common $name { $( $variant($ty); )* } {});
        $crate::__union! {
            @check $name [$(table $table)?] { $( $variant [$($rules $($each)*)?]; )* } {}
        }
        $crate::__union! {
            @decode $name [$($tag)?] [$(table $table)?] { $( $key = $variant($ty); )* } {} [checked]
        }
        $crate::__union!(@deserialize $name strict);
    };
    (
        open $name:ident $(by $tag:tt)? $(hiding $secrets:tt)? $(, table $table:path)? {
            $( case $key:tt = $variant:ident($ty:ty) $(, $rules:tt $(each $each:tt)*)?; )*
        }
    ) => {
        $crate::__union! {
            received $name $(by $tag)? $(hiding $secrets)? $(, table $table)?, is checked {
                $( case $key = $variant($ty); )*
            }
        }
        $crate::__union! {
            @check $name [$(table $table)?] { $( $variant [$($rules $($each)*)?]; )* } {
                Unknown => $crate::__union!(@message [$($tag)?] $($key)*)
            }
        }
    };
    (
        received $name:ident $(by $tag:tt)? $(hiding $secrets:tt)?
            $(, table $table:path)?
            $(, is $checked:ident)?
        {
            $( case $key:tt = $variant:ident($ty:ty); )*
        }
    ) => {
        $crate::__union!(@common $name { $( $variant($ty); )* } { Unknown [$($secrets)?] });
        $crate::__union!(@debug $name { $( $variant )* } [$($secrets)?]);
        $crate::__union! {
            @decode $name [$($tag)?] [$(table $table)?] { $( $key = $variant($ty); )* } { Unknown }
            [$($checked)?]
        }
        $crate::__union!(@deserialize $name tolerant);
        $crate::__union!(@unchecked $name [$($checked)?]);
    };
    (@unchecked $name:ident [checked]) => {};
    (@unchecked $name:ident []) => {
        impl $crate::__private::Check for $name {}
    };
    (@message [(number $tag:literal)] $($key:literal)*) => {
        $crate::__private::no_tag($tag, &[$($key),*])
    };
    (@message [required] $($key:tt)*) => {
        $crate::__private::no_required(&[$(&$key),*])
    };
    (@message [$tag:literal] $($key:literal)*) => {
        $crate::__private::no_tag($tag, &[$($key),*])
    };
    (@message [] $($key:ident)*) => {
        $crate::__private::no_type(&[$($crate::__private::Types::$key),*])
    };
    (
        @check $name:ident [$($table:tt)*] { $( $variant:ident [$($rules:tt)*]; )* }
        { $( $unknown:ident => $message:expr )? }
    ) => {
        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker<'_>) {
                $crate::__check_table!([$($table)*], self, at, {
                    match self {
                        $( Self::$variant(value) => {
                            $crate::__private::Check::check_by(
                                value,
                                $crate::__levels!($($rules)*),
                                at,
                            );
                        } )*
                        $( Self::$unknown(_) => at.report("oneOf", $message), )?
                    }
                });
            }

            fn leaf(&self) -> $crate::__private::Leaf<'_> {
                match self {
                    $( Self::$variant(value) => $crate::__private::Check::leaf(value), )*
                    $( Self::$unknown(value) => $crate::__private::Check::leaf(value), )?
                }
            }
        }
    };
    (@secrets) => { &[] };
    (@secrets $secrets:tt) => { &$secrets };
    (@debug $name:ident { $( $variant:ident )* } []) => {};
    (@debug $name:ident { $( $variant:ident )* } [$secrets:tt]) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $( Self::$variant(value) => {
                        out.debug_tuple(::core::stringify!($variant)).field(value).finish()
                    } )*
                    Self::Unknown(value) => {
                        let shown = $crate::__private::without_secrets(value, &$secrets);
                        out.debug_tuple("Unknown").field(&shown).finish()
                    }
                }
            }
        }
    };
    (
        @common $name:ident { $( $variant:ident($ty:ty); )* }
        { $( $unknown:ident [$($secrets:tt)?] )? }
    ) => {
        $( impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self { Self::$variant(value) }
        } )*

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                output: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $( Self::$variant(value) => {
                        let variant = ::core::stringify!($variant);
                        $crate::__private::serialize_variant::<Self, _, _>(variant, value, output)
                    } )*
                    $( Self::$unknown(value) => {
                        let secrets: &[&str] = $crate::__union!(@secrets $($secrets)?);
                        $crate::__private::serialize_unknown::<Self, _>(value, secrets, output)
                    } )?
                }
            }
        }

        impl $crate::__private::Union for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const VARIANTS: &'static [&'static str] =
                &[$(::core::stringify!($variant),)* $(::core::stringify!($unknown))?];

            fn read<'de, __A: $crate::__private::serde::de::VariantAccess<'de>>(
                variant: &str,
                input: __A,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __A::Error> {
                $( if variant == ::core::stringify!($variant) {
                    return $crate::__private::read_variant(input, cx).map(Self::$variant);
                } )*
                $( if variant == ::core::stringify!($unknown) {
                    return $crate::__private::read_unknown(input).map(Self::$unknown);
                } )?
                ::core::result::Result::Err($crate::__private::serde::de::Error::custom(variant))
            }
        }
    };
    (@read_as [] $arguments:tt) => { $crate::__private::decode_buffered $arguments };
    (@read_as [checked] $arguments:tt) => { $crate::__private::decode_checked $arguments };
    (
        @decode $name:ident [required] [$($table:tt)*] { $( $key:tt = $variant:ident($ty:ty); )* }
        { $($unknown:ident)? } $checked:tt
    ) => {
        $crate::__union! {
            @impl $name [$($table)*] |value, cx| {
                let mut refusal = ::core::option::Option::None;
                $( if $crate::__private::has_all(&value, &$key) {
                    match $crate::__union!(@read_as $checked (&value, cx)) {
                        ::core::result::Result::Ok(read) => {
                            return ::core::result::Result::Ok(Self::$variant(read));
                        }
                        ::core::result::Result::Err(error) => refusal = refusal.or(
                            ::core::option::Option::Some(error),
                        ),
                    }
                } )*
                $( if cx.is_tolerant() {
                    return $crate::__private::decode_buffered(&value, cx).map(Self::$unknown);
                } )?
                ::core::result::Result::Err(refusal.unwrap_or_else(|| {
                    $crate::__private::serde::de::Error::custom(
                        $crate::__union!(@message [required] $($key)*)
                    )
                }))
            }
        }
    };
    (@decode $name:ident [(number $tag:literal)] $($rest:tt)*) => {
        $crate::__union!(@by_tag $name [(number $tag)] $tag $($rest)*);
    };
    (@decode $name:ident [$tag:literal] $($rest:tt)*) => {
        $crate::__union!(@by_tag $name [$tag] $tag $($rest)*);
    };
    (
        @by_tag $name:ident $by:tt $tag:literal []
        { $( $key:literal = $variant:ident($ty:ty); )* } { $($unknown:ident)? } $checked:tt
    ) => {
        impl $crate::__private::ByTag for $name {
            const TAG: &'static str = $tag;

            fn decode_tagged<'de, __A: $crate::__private::serde::de::MapAccess<'de>>(
                tag: $crate::__private::Tag<'_>,
                input: $crate::__private::Begun<'de, __A>,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __A::Error> {
                $( if tag.is($key) {
                    return input.read::<$ty>(cx).map(Self::$variant);
                } )*
                $( if cx.is_tolerant() {
                    return input.read(cx).map(Self::$unknown);
                } )?
                ::core::result::Result::Err($crate::__private::serde::de::Error::custom(
                    $crate::__union!(@message $by $($key)*)
                ))
            }
        }

        impl $crate::__private::ByType for $name {
            fn decode_as<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                found: $crate::__private::Types,
                input: __D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                if $crate::__private::Types::OBJECT.contains(found) {
                    return $crate::__private::decode_by_tag(input, cx);
                }
                $( if cx.is_tolerant() {
                    return $crate::__private::Decode::decode(input, cx).map(Self::$unknown);
                } )?
                ::core::result::Result::Err($crate::__private::serde::de::Error::custom(
                    $crate::__union!(@message $by $($key)*)
                ))
            }
        }

        $crate::__union!(@decode_by_type $name);
    };
    (
        @by_tag $name:ident $by:tt $tag:literal $table:tt
        { $( $key:literal = $variant:ident($ty:ty); )* } $unknown:tt $checked:tt
    ) => {
        $crate::__union! {
            @read $name $table $unknown |value| {
                $( $variant if $crate::__private::Tag::of(&value, $tag).is($key); )*
            }
            $crate::__union!(@message $by $($key)*)
        }
    };
    (
        @decode $name:ident [] [$($table:tt)*] { $( $key:ident = $variant:ident($ty:ty); )* }
        { $($unknown:ident)? } $checked:tt
    ) => {
        impl $crate::__private::ByType for $name {
            $crate::__union!(@by_table [$($table)*] { $( $key = $variant($ty); )* } $($unknown)?);

            fn decode_as<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                found: $crate::__private::Types,
                input: __D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                $( if $crate::__private::Types::$key.contains(found) {
                    return <$ty as $crate::__private::Decode>::decode(input, cx).map(Self::$variant);
                } )*
                $( if cx.is_tolerant() {
                    return $crate::__private::Decode::decode(input, cx).map(Self::$unknown);
                } )?
                ::core::result::Result::Err($crate::__private::serde::de::Error::custom(
                    $crate::__union!(@message [] $($key)*)
                ))
            }
        }

        $crate::__union!(@decode_by_type $name);
    };
    (@decode_by_type $name:ident) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::decode_by_type(input, cx)
            }
        }
    };
    (@by_table [] $($rest:tt)*) => {};
    (@by_table [$($table:tt)+] { $( $key:ident = $variant:ident($ty:ty); )* } $($unknown:ident)?) => {
        fn table() -> ::core::option::Option<&'static $crate::__private::Table> {
            ::core::option::Option::Some($crate::__table!($($table)+))
        }

        fn is_json(found: $crate::__private::Types) -> bool {
            $( if $crate::__private::Types::$key.contains(found) {
                return <$ty as $crate::__private::Decode>::IS_JSON;
            } )*
            false
        }

        fn seen(&self) -> $crate::__private::Seen<'_> {
            match self {
                $( Self::$variant(value) => $crate::__private::Check::seen(value), )*
                $( Self::$unknown(value) => $crate::__private::Check::seen(value), )?
            }
        }
    };
    (
        @read $name:ident [$($table:tt)*] { $($unknown:ident)? }
        |$value:ident| { $( $variant:ident if $condition:expr; )* } $message:expr
    ) => {
        $crate::__union! {
            @impl $name [$($table)*] |$value, cx| {
                $( if $condition {
                    return $crate::__private::decode_buffered(&$value, cx).map(Self::$variant);
                } )*
                $( if cx.is_tolerant() {
                    return $crate::__private::decode_buffered(&$value, cx).map(Self::$unknown);
                } )?
                ::core::result::Result::Err($crate::__private::serde::de::Error::custom($message))
            }
        }
    };
    (@impl $name:ident [$($table:tt)*] |$value:ident, $cx:ident| $decode:block) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
                $cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                if $cx.is_binary() {
                    return $crate::__private::decode_variant(input, $cx);
                }
                let $value = $crate::__buffer!([$($table)*], input, $cx);
                $decode
            }
        }
    };
    (@deserialize $name:ident $mode:ident) => {
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::$mode(input)
            }
        }
    };
}

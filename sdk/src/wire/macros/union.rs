//! Types that are one of several.

/// One of several types, told apart by a property that names each, or by the JSON type. An open
/// one keeps a value that is none of them; one that is received alone is not checked, and neither
/// are its members.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $(#[$meta:meta])*
        pub closed enum $name:ident $(by $tag:literal)? {
            $( $(#[$listed:meta])* case $key:tt = $variant:ident($ty:ty) $(, $rule:expr)?; )*
        }
    ) => {
        $(#[$meta])*
        pub enum $name { $( $(#[$listed])* $variant($ty), )* }

        $crate::__union!(@common $name { $( $variant($ty); )* } {});
        $crate::__union!(@check $name { $( $variant $(, $rule)?; )* } {});
        $crate::__union!(@decode $name [$($tag)?] { $( $key = $variant($ty); )* } |value, cx| {
            ::core::result::Result::Err($crate::__private::no_variant(&[$(stringify!($key)),*]))
        });
        $crate::__union!(@deserialize $name strict);
    };
    (
        $(#[$meta:meta])*
        pub open enum $name:ident $(by $tag:literal)? $(hiding [$($secret:literal),*])? {
            $( $(#[$listed:meta])* case $key:tt = $variant:ident($ty:ty) $(, $rule:expr)?; )*
        }
    ) => {
        $crate::__union! {
            $(#[$meta])*
            pub received enum $name $(by $tag)? $(hiding [$($secret),*])? {
                $( $(#[$listed])* case $key = $variant($ty); )*
            }
        }
        $crate::__union!(@check $name { $( $variant $(, $rule)?; )* } {
            Unknown => ::core::concat!("must be one of", $(" ", ::core::stringify!($key)),*)
        });
    };
    (
        $(#[$meta:meta])*
        pub received enum $name:ident $(by $tag:literal)? $(hiding [$($secret:literal),*])? {
            $( $(#[$listed:meta])* case $key:tt = $variant:ident($ty:ty); )*
        }
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$listed])* $variant($ty), )*
            /// A value that the description does not list, kept as it came.
            Unknown($crate::__private::Value),
        }

        $crate::__union!(@common $name { $( $variant($ty); )* } { Unknown [$($($secret),*)?] });
        $crate::__union!(@debug $name { $( $variant )* } [$($($secret),*)?]);
        $crate::__union!(@decode $name [$($tag)?] { $( $key = $variant($ty); )* } |value, cx| {
            if cx.is_tolerant() {
                return ::core::result::Result::Ok(Self::Unknown(value));
            }
            ::core::result::Result::Err($crate::__private::no_variant(&[$(stringify!($key)),*]))
        });
        $crate::__union!(@deserialize $name tolerant);
    };
    (@check $name:ident { $( $variant:ident $(, $rule:expr)?; )* } { $( $unknown:ident => $message:expr )? }) => {
        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                match self {
                    $( Self::$variant(value) => {
                        $crate::__private::Rule::check(&$crate::__private::Own $(.or($rule))?, value, at);
                    } )*
                    $( Self::$unknown(_) => at.report("oneOf", $message), )?
                }
            }
        }
    };
    (@debug $name:ident { $( $variant:ident )* } []) => {};
    (@debug $name:ident { $( $variant:ident )* } $secrets:tt) => {
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
    (@common $name:ident { $( $variant:ident($ty:ty); )* } { $( $unknown:ident $secrets:tt )? }) => {
        $( impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self { Self::$variant(value) }
        } )*

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                output: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(value) => $crate::__private::serde::Serialize::serialize(value, output), )*
                    $( Self::$unknown(value) => $crate::__private::serialize_kept(value, &$secrets, output), )?
                }
            }
        }
    };
    (@decode $name:ident [$tag:literal] { $( $key:literal = $variant:ident($ty:ty); )* } |$value:ident, $cx:ident| $otherwise:block) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                $cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, D::Error> {
                let $value = $crate::__private::buffer(input)?;
                $( if $crate::__private::tag_of(&$value, $tag) == ::core::option::Option::Some($key) {
                    return $crate::__private::decode_buffered($value, $cx).map(Self::$variant);
                } )*
                $otherwise
            }
        }
    };
    (@decode $name:ident [] { $( $key:ident = $variant:ident($ty:ty); )* } |$value:ident, $cx:ident| $otherwise:block) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                $cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, D::Error> {
                let $value = $crate::__private::buffer(input)?;
                $( if $crate::__private::JsonType::$key.matches(&$value) {
                    return $crate::__private::decode_buffered($value, $cx).map(Self::$variant);
                } )*
                $otherwise
            }
        }
    };
    (@deserialize $name:ident $mode:ident) => {
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::$mode(input)
            }
        }
    };
}

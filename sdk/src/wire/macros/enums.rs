//! Enums of numbers and of strings.
//!
//! ```text
//! rt::integer_enum! { open Status(i64) { 0 = Open; 2 = Closed; } }
//!
//! From<i64>, Display, `get`, `ALL`, and how it is read, checked and written
//! ```
//!
//! The enum itself is written before the macro's call, so that compilers and editors show it in the source.

/// Implements an enum of whole numbers. An open one keeps a number that is not listed. With `in_digits`, as in
/// draft 4, `1.0` is not read as 1.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    (closed $name:ident($ty:ty $(, $read:ident)?) { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
            /// Every value that the description lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The number on the wire.
            pub const fn get(self) -> $ty {
                match self { $( Self::$variant => $value ),* }
            }
        }

        impl ::core::convert::TryFrom<$ty> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(number: $ty) -> ::core::result::Result<Self, $crate::__private::Invalid> {
                match number {
                    $( $value => ::core::result::Result::Ok(Self::$variant), )*
                    _ => ::core::result::Result::Err($crate::__private::not_listed::<$ty>(&[$($value),*], &number)),
                }
            }
        }

        $crate::__integer_enum!(@common strict $name($ty) $($read)?);
        $crate::__always_valid!($name, |value| Number(value.get().into()));
    };
    (open $name:ident($ty:ty $(, $read:ident)?) { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
            /// Every value that the description lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The number on the wire.
            pub const fn get(self) -> $ty {
                match self { $( Self::$variant => $value, )* Self::Unknown(number) => number }
            }
        }

        impl ::core::convert::From<$ty> for $name {
            fn from(number: $ty) -> Self {
                match number { $( $value => Self::$variant, )* number => Self::Unknown(number) }
            }
        }

        $crate::__integer_enum!(@common tolerant $name($ty) $($read)?);

        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker<'_>) {
                if let Self::Unknown(number) = self {
                    at.adopt($crate::__private::not_listed::<$ty>(&[$($value),*], number));
                }
            }

            fn leaf(&self) -> $crate::__private::Leaf<'_> {
                $crate::__private::Leaf::Number(self.get().into())
            }
        }
    };
    (@common $mode:ident $name:ident($ty:ty) $($read:ident)?) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.get(), out)
            }
        }

        $crate::__integer_enum!(@read $mode $name($ty) $($read)?);
    };
    (@read $mode:ident $name:ident($ty:ty)) => {
        $crate::__enum_wire!($mode $name, [decode_integer_enum::<$ty, _, _>], |value| value.get());
    };
    (@read $mode:ident $name:ident($ty:ty) in_digits) => {
        $crate::__enum_wire!($mode $name, [decode_integer_enum_in_digits::<$ty, _, _>], |value| value.get());
    };
}

/// Implements an enum of strings. An open one keeps a string that is not listed.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_enum {
    (closed $name:ident { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
            /// Every value that the description lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The string on the wire.
            pub const fn as_str(&self) -> &str {
                match self { $( Self::$variant => $value ),* }
            }
        }

        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::__private::Invalid> {
                match text {
                    $( $value => ::core::result::Result::Ok(Self::$variant), )*
                    _ => ::core::result::Result::Err($crate::__private::not_listed::<&str>(&[$($value),*], &text)),
                }
            }
        }

        impl ::core::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(text: ::std::string::String) -> ::core::result::Result<Self, $crate::__private::Invalid> {
                <Self as ::core::convert::TryFrom<&str>>::try_from(&text)
            }
        }

        $crate::__text_enum!(@common strict $name);
        $crate::__always_valid!($name, |value| String(value.as_str()));
    };
    (open $name:ident { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
            /// Every value that the description lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The string on the wire.
            pub const fn as_str(&self) -> &str {
                match self { $( Self::$variant => $value, )* Self::Unknown(text) => text.as_str() }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text { $( $value => Self::$variant, )* text => Self::Unknown(text.to_owned()) }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match text.as_str() { $( $value => Self::$variant, )* _ => Self::Unknown(text) }
            }
        }

        $crate::__text_enum!(@common tolerant $name);

        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker<'_>) {
                if let Self::Unknown(text) = self {
                    at.adopt($crate::__private::not_listed::<&str>(&[$($value),*], text));
                }
            }

            fn leaf(&self) -> $crate::__private::Leaf<'_> {
                $crate::__private::Leaf::String(self.as_str())
            }
        }
    };
    (@common $mode:ident $name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::__private::Invalid;

            // The error is `Invalid` if the type has rules, and `Infallible` if not. A variant may be called `Err`, so
            // `Self::Err` would be ambiguous.
            #[allow(clippy::needless_question_mark)]
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::__private::Invalid> {
                ::core::result::Result::Ok(<Self as ::core::convert::TryFrom<&str>>::try_from(text)?)
            }
        }

        $crate::__enum_wire!($mode $name, [decode_text_enum], |value| value.as_str());
    };
}

/// Reads and writes an enum as its number or string.
#[doc(hidden)]
#[macro_export]
macro_rules! __enum_wire {
    ($mode:ident $name:ident, [$($decode:tt)*], |$value:ident| $plain:expr) => {
        impl $crate::__private::Decode for $name {
            #[inline]
            fn decode<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::$($decode)*(input, cx)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            #[inline]
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                output: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let $value = self;
                $crate::__private::serde::Serialize::serialize(&$plain, output)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::$mode(input)
            }
        }
    };
}

/// Implements `Check` for a type whose values are all valid.
#[doc(hidden)]
#[macro_export]
macro_rules! __always_valid {
    ($name:ident, |$value:ident| $kind:ident($leaf:expr)) => {
        impl $crate::__private::Check for $name {
            const IS_PLAIN: bool = true;
            const SHOWS_ALL: bool = true;

            fn leaf(&self) -> $crate::__private::Leaf<'_> {
                let $value = self;
                $crate::__private::Leaf::$kind($leaf)
            }
        }
    };
}

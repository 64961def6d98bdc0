//! Types that wrap a string, a number or any other type.
//!
//! ```text
//! pub struct CardId(String);
//! rt::text!(CardId, [MinLength(1)]);
//!
//! TryFrom<String>, FromStr, Display, `as_str`, and how it is read, checked and written
//! ```

/// Implements a wrapper of a string, with or without rules.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($name:ident) => {
        $crate::__text!(@common $name, []);

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self { Self(value) }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self { Self(value.to_owned()) }
        }
    };
    ($name:ident, $rules:tt) => {
        $crate::__text!(@common $name, [$rules]);

        impl ::core::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: ::std::string::String) -> ::core::result::Result<Self, Self::Error> {
                $crate::__private::valid(Self(value))
            }
        }

        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: &str) -> ::core::result::Result<Self, Self::Error> {
                $crate::__private::valid(Self(value.to_owned()))
            }
        }
    };
    (@common $name:ident, [$($rules:tt)?]) => {
        impl $name {
            /// The string.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str { &self.0 }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, out)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::__private::Invalid;

            // The error is `Invalid` if the type has rules, and `Infallible` if not.
            #[allow(clippy::needless_question_mark)]
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(<Self as ::core::convert::TryFrom<&str>>::try_from(text)?)
            }
        }

        impl ::core::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self { value.0 }
        }

        $crate::__newtype!($name, ::std::string::String, [$($rules)?]);
    };
}

/// Implements a wrapper of a whole number, with or without rules. It converts from every integer type: by `From`
/// if all values fit, else by `TryFrom`.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer {
    ($name:ident(i32)) => {
        $crate::__integer!(@common $name(i32), [] from [i8 i16 i32 u8 u16]
            try_from [i64 i128 isize u32 u64 u128 usize]);
    };
    ($name:ident(i64)) => {
        $crate::__integer!(@common $name(i64), [] from [i8 i16 i32 i64 u8 u16 u32]
            try_from [i128 isize u64 u128 usize]);
    };
    ($name:ident(u32)) => {
        $crate::__integer!(@common $name(u32), [] from [u8 u16 u32]
            try_from [i8 i16 i32 i64 i128 isize u64 u128 usize]);
    };
    ($name:ident(u64)) => {
        $crate::__integer!(@common $name(u64), [] from [u8 u16 u32 u64]
            try_from [i8 i16 i32 i64 i128 isize u128 usize]);
    };
    ($name:ident($ty:ident), $rules:tt) => {
        $crate::__integer!(@common $name($ty), [$rules] from []
            try_from [i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize]);
    };
    (
        @common $name:ident($ty:ident), [$($rules:tt)?]
        from [$($any:ident)*] try_from [$($some:ident)*]
    ) => {
        $( impl ::core::convert::From<$any> for $name {
            fn from(value: $any) -> Self { Self(value.into()) }
        } )*

        $( impl ::core::convert::TryFrom<$some> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: $some) -> ::core::result::Result<Self, Self::Error> {
                let value = <$ty as ::core::convert::TryFrom<$some>>::try_from(value)?;
                $crate::__private::valid(Self(value))
            }
        } )*

        impl ::core::str::FromStr for $name {
            type Err = $crate::__private::Invalid;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                $crate::__private::valid(Self(text.parse()?))
            }
        }

        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(text: &str) -> ::core::result::Result<Self, Self::Error> { text.parse() }
        }

        impl ::core::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(text: ::std::string::String) -> ::core::result::Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl $name {
            /// The number.
            pub const fn get(self) -> $ty { self.0 }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, out)
            }
        }

        impl ::core::convert::From<$name> for $ty {
            fn from(value: $name) -> Self { value.0 }
        }

        $crate::__newtype!($name, $ty, [$($rules)?]);
    };
}

/// Implements a wrapper of any other type: without rules, with rules (`[MinItems(1)] each [MaxLength(4)]`), or with
/// a table (`table ROOT`).
#[doc(hidden)]
#[macro_export]
macro_rules! __wrapper {
    ($name:ident($ty:ty)) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self { Self(value) }
        }

        $crate::__wrapper!(@common $name($ty));
        $crate::__newtype!($name, $ty, []);
    };
    ($name:ident($ty:ty), checked) => {
        $crate::__wrapper!(@checked $name($ty));
        $crate::__newtype!($name, $ty, []);
    };
    ($name:ident($ty:ty), table $table:path) => {
        $crate::__wrapper!(@checked $name($ty));
        $crate::__newtype!($name, $ty, [] table $table);
    };
    ($name:ident($ty:ty), $rules:tt $(each $each:tt)*) => {
        $crate::__wrapper!(@checked $name($ty));
        $crate::__newtype!($name, $ty, [$rules $($each)*]);
    };
    (@checked $name:ident($ty:ty)) => {
        impl ::core::convert::TryFrom<$ty> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: $ty) -> ::core::result::Result<Self, Self::Error> {
                $crate::__private::valid(Self(value))
            }
        }

        $crate::__wrapper!(@common $name($ty));
    };
    (@common $name:ident($ty:ty)) => {
        impl $name {
            /// The value.
            pub fn get(&self) -> &$ty { &self.0 }

            /// The value.
            pub fn into_inner(self) -> $ty { self.0 }
        }
    };
}

/// Implements the traits for a box of a type that is not an object.
#[doc(hidden)]
#[macro_export]
macro_rules! __boxed {
    ($name:ident) => {
        impl $crate::__private::Decode for ::std::boxed::Box<$name> {
            fn decode<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                <$name as $crate::__private::Decode>::decode(input, cx).map(Self::new)
            }
        }

        impl $crate::__private::Check for ::std::boxed::Box<$name> {
            fn check(&self, at: &mut $crate::__private::Checker<'_>) {
                $crate::__private::Check::check(&**self, at);
            }

            fn leaf(&self) -> $crate::__private::Leaf<'_> {
                $crate::__private::Check::leaf(&**self)
            }
        }
    };
}

/// Implements a wrapper: it is read and written as the type within, and checked by its own rules.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident, $ty:ty, [$($rules:tt)*] $(table $table:path)?) => {
        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker<'_>) {
                $crate::__check_table!([$(table $table)?], self, at, {
                    $crate::__private::Check::check_by(&self.0, $crate::__levels!($($rules)*), at);
                });
            }

            fn leaf(&self) -> $crate::__private::Leaf<'_> {
                $crate::__private::Check::leaf(&self.0)
            }
        }

        impl $crate::__private::Decode for $name {
            #[inline]
            fn decode<'de, __D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__decode_value!([$(table $table)?], $ty, input, cx).map(Self)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            #[inline]
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                output: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::__private::serde::Serialize::serialize(&self.0, output)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                input: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::strict(input)
            }
        }
    };
}

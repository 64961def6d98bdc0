//! Names for strings, numbers and any other type.

/// A name for a string, with rules or without.
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

        impl ::core::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self { value.0 }
        }

        $crate::__newtype!($name, ::std::string::String, [$($rules)?]);
    };
}

/// A name for a whole number, with rules or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer {
    ($name:ident($ty:ty)) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self { Self(value) }
        }

        $crate::__integer!(@common $name($ty), []);
    };
    ($name:ident($ty:ty), $rules:tt) => {
        impl ::core::convert::TryFrom<$ty> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: $ty) -> ::core::result::Result<Self, Self::Error> {
                $crate::__private::valid(Self(value))
            }
        }

        $crate::__integer!(@common $name($ty), [$rules]);
    };
    (@common $name:ident($ty:ty), [$($rules:tt)?]) => {
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

/// A name for any other type: with nothing to check, with rules (`[MinItems(1)] each [MaxLength(4)]`)
/// or with a table (`table ROOT`).
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

/// A name for another type: it is written and read as that, and checked by its own rules.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident, $ty:ty, [$($rules:tt)*] $(table $table:path)?) => {
        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                $crate::__check_table!([$(table $table)?], self, at, {
                    $crate::__private::Check::check_by(&self.0, $crate::__levels!($($rules)*), at);
                });
            }
        }

        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__decode_value!([$(table $table)?], $ty, input, cx).map(Self)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                output: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serde::Serialize::serialize(&self.0, output)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::strict(input)
            }
        }
    };
}

//! What generated code calls to give a type its behaviour, a line for each property or value.

/// Reading an object: for [`__sent`] and [`__received`].
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident, $draft:ident, $others:ident, {
        $( $presence:ident $field:ident as $key:literal $(or $alias:literal)* ; )*
    } $( other $other:ident )? $( members $members:expr )?) => {
        impl $crate::__private::Object for $name {
            type Draft = $draft;

            const SHAPE: $crate::__private::Shape = $crate::__private::Shape {
                name: stringify!($name),
                keys: &[$( $crate::__private::Key { name: $key, aliases: &[$($alias),*] } ),*],
                others: $crate::__private::Others::$others,
            };

            $(
                const MEMBERS: ::core::option::Option<$crate::__private::Members> =
                    ::core::option::Option::Some($members);
            )?

            fn set<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                draft: &mut $draft,
                index: usize,
                value: $crate::__private::Property<'_, A>,
            ) -> ::core::result::Result<(), A::Error> {
                #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
                enum Field { $( $field ),* }
                $( if index == Field::$field as usize {
                    return $crate::__slot!($presence, value, &mut draft.$field);
                } )*
                value.skip()
            }

            $(
                fn set_other<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                    draft: &mut $draft,
                    name: ::std::string::String,
                    value: $crate::__private::Property<'_, A>,
                ) -> ::core::result::Result<(), A::Error> {
                    value.other(name, &mut draft.$other)
                }
            )?

            fn finish(
                draft: $draft,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, &'static str> {
                ::core::result::Result::Ok(Self {
                    $( $field: $crate::__take!($presence, draft.$field, $key, cx), )*
                    $( $other: draft.$other, )?
                })
            }
        }

        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::decode_object(input, cx)
            }

            fn decode_or_nothing<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<::core::option::Option<Self>, D::Error> {
                $crate::__private::decode_object_or_nothing(input, cx)
            }
        }
    };
}

/// How a property is read, by its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    (optional, $value:expr, $slot:expr) => {
        $value.optional($slot)
    };
    ($presence:ident, $value:expr, $slot:expr) => {
        $value.required($slot)
    };
}

/// How a property is taken out of a draft, by its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    (optional, $slot:expr, $key:literal, $cx:expr) => {
        $slot
    };
    ($presence:ident, $slot:expr, $key:literal, $cx:expr) => {
        $crate::__private::take_required($slot, $key, $cx)?
    };
}

/// An object that is only received: tolerant, its fields public.
#[doc(hidden)]
#[macro_export]
macro_rules! __received {
    ($name:ident, others: $others:ident {
        $( $presence:ident $field:ident : $ty:ty as $key:literal $(or $alias:literal)* ; )*
    }
    $( other $other:ident : $value:ty ; )?
    ) => {
        const _: () = {
            #[derive(Default)]
            #[doc(hidden)]
            pub struct Draft {
                $( $field: ::core::option::Option<$ty>, )*
                $( $other: ::std::collections::BTreeMap<::std::string::String, $value>, )?
            }

            $crate::__object!($name, Draft, $others, {
                $( $presence $field as $key $(or $alias)* ; )*
            } $( other $other )?);
        };

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::tolerant(input)
            }
        }
    };
}

/// An object that is sent: strict, valid by construction, with a builder and getters.
#[doc(hidden)]
#[macro_export]
macro_rules! __sent {
    ($name:ident, $builder:ident, others: $others:ident {
        $(
            $(#[doc = $doc:literal])* $(#[deprecated $($deprecated:tt)*])?
            $presence:ident $view:ident $field:ident : $ty:ty
                as $key:literal $(or $alias:literal)* $(, $rule:expr)? ;
        )*
    }
    $( other $other:ident : $value:ty $(, $other_rule:expr)? ; )?
    $( members $members:expr ; )?
    ) => {
        impl $name {
            /// Begins one, with nothing set but what can only have one value.
            pub fn builder() -> $builder {
                #[allow(unused_mut)]
                let mut builder = <$builder as ::core::default::Default>::default();
                $( $crate::__prefill!($presence, builder.$field); )*
                builder
            }

            $( $crate::__getter! {
                [$(#[doc = $doc])* $(#[deprecated $($deprecated)*])?]
                $presence $view $field $ty
            } )*

            $(
                /// The properties that the description does not list.
                pub fn $other(
                    &self,
                ) -> &::std::collections::BTreeMap<::std::string::String, $value> {
                    &self.$other
                }
            )?
        }

        #[doc = concat!("Builds a [`", stringify!($name), "`]: see there for what each property is.")]
        #[derive(Clone, Debug, Default)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct $builder {
            draft: $crate::__private::Draft,
            $( $field: ::core::option::Option<$ty>, )*
            $( $other: ::std::collections::BTreeMap<::std::string::String, $value>, )?
        }

        impl $builder {
            $(
                /// The properties that the description does not list.
                pub fn $other(
                    mut self,
                    value: ::std::collections::BTreeMap<::std::string::String, $value>,
                ) -> Self {
                    self.$other = value;
                    self
                }
            )?

            $( $crate::__setter! {
                [$(#[doc = $doc])* $(#[deprecated $($deprecated)*])?]
                $presence $field $ty, $key
            } )*

            #[doc = concat!("Makes the [`", stringify!($name), "`].")]
            ///
            /// # Errors
            ///
            /// Every broken rule at once, each with its place.
            pub fn build(
                self,
            ) -> ::core::result::Result<$name, $crate::__private::Invalid> {
                #[allow(unused_mut)]
                let mut at = $crate::__private::Checker::default();
                $( self.draft.check(
                    $key,
                    $crate::__required!($presence),
                    &self.$field,
                    &$crate::__rule!($($rule)?),
                    &mut at,
                ); )*
                $( $crate::__private::check_others(
                    <$name as $crate::__private::Object>::SHAPE,
                    &self.$other,
                    &$crate::__rule!($($other_rule)?),
                    &mut at,
                ); )?
                $crate::__private::check_members::<$name>(
                    &[$( ($key, self.$field.is_some()) ),*],
                    &[$( &|name: &str| self.$other.contains_key(name) )?],
                    0 $( + self.$other.len() )?,
                    &mut at,
                );
                at.finish()?;
                $crate::__private::finish_strictly(self)
            }
        }

        $crate::__object!($name, $builder, $others, {
            $( $presence $field as $key $(or $alias)* ; )*
        } $( other $other )? $( members $members )?);

        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                $( at.property($key, |at| {
                    $crate::__check!($presence, &self.$field, $crate::__rule!($($rule)?), at);
                }); )*
                $( $crate::__private::check_others(
                    <$name as $crate::__private::Object>::SHAPE,
                    &self.$other,
                    &$crate::__rule!($($other_rule)?),
                    at,
                ); )?
                $crate::__private::check_members::<Self>(
                    &[$( ($key, $crate::__present!($presence, self.$field)) ),*],
                    &[$( &|name: &str| self.$other.contains_key(name) )?],
                    0 $( + self.$other.len() )?,
                    at,
                );
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

/// A property with one possible value is there from the beginning.
#[doc(hidden)]
#[macro_export]
macro_rules! __prefill {
    (fixed, $slot:expr) => {
        $slot = ::core::option::Option::Some(::core::default::Default::default());
    };
    ($presence:ident, $slot:expr) => {};
}

/// Whether a property must be set.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (optional) => {
        false
    };
    ($presence:ident) => {
        true
    };
}

/// Whether a property is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __present {
    (optional, $slot:expr) => {
        $slot.is_some()
    };
    ($presence:ident, $slot:expr) => {
        true
    };
}

/// A property's rules: its type's own, unless the line states some.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule {
    () => {
        $crate::__private::Own
    };
    ($rule:expr) => {
        $rule
    };
}

/// Checks a property, by its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    (optional, $slot:expr, $rule:expr, $at:ident) => {
        if let ::core::option::Option::Some(value) = $slot {
            $crate::__private::Rule::check(&$rule, value, $at);
        }
    };
    ($presence:ident, $slot:expr, $rule:expr, $at:ident) => {
        $crate::__private::Rule::check(&$rule, $slot, $at);
    };
}

/// A setter. A property with one possible value has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ([$($meta:tt)*] fixed $field:ident $ty:ty, $key:literal) => {};
    ([$($meta:tt)*] $presence:ident $field:ident $ty:ty, $key:literal) => {
        $($meta)*
        pub fn $field(
            mut self,
            value: impl ::core::convert::TryInto<
                $ty,
                Error: ::core::convert::Into<$crate::__private::Invalid>,
            >,
        ) -> Self {
            self.$field = self.draft.accept($key, value);
            self
        }
    };
}

/// A getter, in the form that suits the type: by value, as a string, or by reference.
#[doc(hidden)]
#[macro_export]
macro_rules! __getter {
    ([$($meta:tt)*] optional copy $field:ident $ty:ty) => {
        $($meta)*
        pub fn $field(&self) -> ::core::option::Option<$ty> { self.$field }
    };
    ([$($meta:tt)*] optional str $field:ident $ty:ty) => {
        $($meta)*
        pub fn $field(&self) -> ::core::option::Option<&str> { self.$field.as_deref() }
    };
    ([$($meta:tt)*] optional borrow $field:ident $ty:ty) => {
        $($meta)*
        pub fn $field(&self) -> ::core::option::Option<&$ty> { self.$field.as_ref() }
    };
    ([$($meta:tt)*] $presence:ident copy $field:ident $ty:ty) => {
        $($meta)*
        pub fn $field(&self) -> $ty { self.$field }
    };
    ([$($meta:tt)*] $presence:ident str $field:ident $ty:ty) => {
        $($meta)*
        pub fn $field(&self) -> &str { &self.$field }
    };
    ([$($meta:tt)*] $presence:ident borrow $field:ident $ty:ty) => {
        $($meta)*
        pub fn $field(&self) -> &$ty { &self.$field }
    };
}

/// A name for a string, with rules or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($name:ident) => {
        $crate::__text!(@common $name, $crate::__private::Text::new());

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self { Self(value) }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self { Self(value.to_owned()) }
        }
    };
    ($name:ident, $rule:expr) => {
        $crate::__text!(@common $name, $rule);

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
    (@common $name:ident, $rule:expr) => {
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

        $crate::__newtype!($name, ::std::string::String, $rule);
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

        $crate::__integer!(@common $name($ty), $crate::__private::Integer::new());
    };
    ($name:ident($ty:ty), $rule:expr) => {
        impl ::core::convert::TryFrom<$ty> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: $ty) -> ::core::result::Result<Self, Self::Error> {
                $crate::__private::valid(Self(value))
            }
        }

        $crate::__integer!(@common $name($ty), $rule);
    };
    (@common $name:ident($ty:ty), $rule:expr) => {
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

        $crate::__newtype!($name, $ty, $rule);
    };
}

/// A name for any other type, with rules or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __wrapper {
    ($name:ident($ty:ty)) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self { Self(value) }
        }

        $crate::__wrapper!(@common $name($ty), $crate::__private::Own);
    };
    ($name:ident($ty:ty), $rule:expr) => {
        impl ::core::convert::TryFrom<$ty> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(value: $ty) -> ::core::result::Result<Self, Self::Error> {
                $crate::__private::valid(Self(value))
            }
        }

        $crate::__wrapper!(@common $name($ty), $rule);
    };
    (@common $name:ident($ty:ty), $rule:expr) => {
        impl $name {
            /// The value.
            pub fn get(&self) -> &$ty { &self.0 }

            /// The value.
            pub fn into_inner(self) -> $ty { self.0 }
        }

        $crate::__newtype!($name, $ty, $rule);
    };
}

/// A name for another type: it is written and read as that, and checked by its own rule.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident, $ty:ty, $rule:expr) => {
        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                $crate::__private::Rule::check(&$rule, &self.0, at);
            }
        }

        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, D::Error> {
                <$ty as $crate::__private::Decode>::decode(input, cx).map(Self)
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

/// An enum of whole numbers. An open one keeps a number that is none of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    (closed $name:ident($ty:ty) { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
            /// The number on the wire.
            pub const fn get(self) -> $ty {
                match self { $( Self::$variant => $value ),* }
            }
        }

        impl ::core::convert::TryFrom<$ty> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(number: $ty) -> ::core::result::Result<Self, Self::Error> {
                match number {
                    $( $value => ::core::result::Result::Ok(Self::$variant), )*
                    _ => ::core::result::Result::Err($crate::__private::not_listed(&[$( &::core::convert::identity::<$ty>($value) ),*], &number)),
                }
            }
        }

        $crate::__integer_enum!(@common strict $name($ty));
        $crate::__always_valid!($name);
    };
    (open $name:ident($ty:ty) { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
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

        $crate::__integer_enum!(@common tolerant $name($ty));

        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                if let Self::Unknown(number) = self {
                    at.adopt($crate::__private::not_listed(&[$( &::core::convert::identity::<$ty>($value) ),*], number));
                }
            }
        }
    };
    (@common $mode:ident $name:ident($ty:ty)) => {
        impl ::core::convert::From<$name> for $ty {
            fn from(value: $name) -> Self { value.get() }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.get(), out)
            }
        }

        $crate::__enum_wire!($mode $name, $ty, |value| value.get());
    };
}

/// An enum of strings. An open one keeps a string that is none of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_enum {
    (closed $name:ident { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
            /// The string on the wire.
            pub const fn as_str(&self) -> &str {
                match self { $( Self::$variant => $value ),* }
            }
        }

        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(text: &str) -> ::core::result::Result<Self, Self::Error> {
                match text {
                    $( $value => ::core::result::Result::Ok(Self::$variant), )*
                    _ => ::core::result::Result::Err($crate::__private::not_listed(&[$( &$value ),*], &text)),
                }
            }
        }

        impl ::core::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::__private::Invalid;

            fn try_from(text: ::std::string::String) -> ::core::result::Result<Self, Self::Error> {
                <Self as ::core::convert::TryFrom<&str>>::try_from(&text)
            }
        }

        $crate::__text_enum!(@common strict $name);
        $crate::__always_valid!($name);
    };
    (open $name:ident { $( $value:literal = $variant:ident; )* }) => {
        impl $name {
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
            fn check(&self, at: &mut $crate::__private::Checker) {
                if let Self::Unknown(text) = self {
                    at.adopt($crate::__private::not_listed(&[$( &$value ),*], text));
                }
            }
        }
    };
    (@common $mode:ident $name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        $crate::__enum_wire!($mode $name, ::std::string::String, |value| value.as_str());
    };
}

/// How an enum is read and written: as the number or string that it stands for.
#[doc(hidden)]
#[macro_export]
macro_rules! __enum_wire {
    ($mode:ident $name:ident, $ty:ty, |$value:ident| $plain:expr) => {
        impl $crate::__private::Decode for $name {
            fn decode<'de, D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
                cx: &$crate::__private::Context,
            ) -> ::core::result::Result<Self, D::Error> {
                let plain = <$ty as $crate::__private::Decode>::decode(input, cx)?;
                <Self as ::core::convert::TryFrom<$ty>>::try_from(plain)
                    .map_err($crate::__private::serde::de::Error::custom)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                output: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let $value = self;
                $crate::__private::serde::Serialize::serialize(&$plain, output)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                input: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::$mode(input)
            }
        }
    };
}

/// A type that cannot hold anything invalid.
#[doc(hidden)]
#[macro_export]
macro_rules! __always_valid {
    ($name:ident) => {
        impl $crate::__private::Check for $name {
            fn check(&self, _: &mut $crate::__private::Checker) {}
        }
    };
}

/// One of several types, told apart by a property that names each, or by the JSON type. An open
/// one keeps a value that is none of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (closed $name:ident $(by $tag:literal)? { $( $key:tt = $variant:ident($ty:ty) $(, $rule:expr)?; )* }) => {
        $crate::__union!(@common $name { $( $variant($ty) $(, $rule)?; )* } {});
        $crate::__union!(@decode $name [$($tag)?] { $( $key = $variant($ty); )* } |value, cx| {
            ::core::result::Result::Err($crate::__private::no_variant(&[$(stringify!($key)),*]))
        });
        $crate::__union!(@deserialize $name strict);
    };
    (open $name:ident $(by $tag:literal)? { $( $key:tt = $variant:ident($ty:ty) $(, $rule:expr)?; )* }) => {
        $crate::__union!(@common $name { $( $variant($ty) $(, $rule)?; )* } {
            Unknown => ::core::concat!("must be one of", $(" ", ::core::stringify!($key)),*)
        });
        $crate::__union!(@decode $name [$($tag)?] { $( $key = $variant($ty); )* } |value, cx| {
            if cx.is_tolerant() {
                return ::core::result::Result::Ok(Self::Unknown(value));
            }
            ::core::result::Result::Err($crate::__private::no_variant(&[$(stringify!($key)),*]))
        });
        $crate::__union!(@deserialize $name tolerant);
    };
    (@common $name:ident { $( $variant:ident($ty:ty) $(, $rule:expr)?; )* } { $( $unknown:ident => $message:expr )? }) => {
        $( impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self { Self::$variant(value) }
        } )*

        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                match self {
                    $( Self::$variant(value) => {
                        $crate::__private::Rule::check(&$crate::__rule!($($rule)?), value, at);
                    } )*
                    $( Self::$unknown(_) => at.report("oneOf", $message), )?
                }
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                output: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(value) => $crate::__private::serde::Serialize::serialize(value, output), )*
                    $( Self::$unknown(value) => $crate::__private::serde::Serialize::serialize(value, output), )?
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

/// A pattern. Each is compiled once, when it is first needed.
#[cfg(feature = "pattern")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pattern {
    ($source:literal, $translated:literal) => {{
        static PATTERN: $crate::__private::Pattern =
            $crate::__private::Pattern::new($source, $translated);
        &PATTERN
    }};
}

/// A pattern, where they are not compiled in.
#[cfg(not(feature = "pattern"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pattern {
    ($source:literal, $translated:literal) => {
        ::core::compile_error!(
            "a schema has a `pattern`: switch the feature `pattern` of wechat-bizwifi on"
        )
    };
}

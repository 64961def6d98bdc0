//! Objects: what is sent, what is received, and a line for each property.

/// Reading and writing an object: for [`__sent`] and [`__received`].
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident, $draft:ident { $($more:tt)* }, $others:ident, {
        $( $presence:ident $field:ident as $key:literal $(or $alias:literal)* ; )*
    } $( other $other:ident )? $( members $members:expr )?) => {
        // Whoever uses a deprecated field is warned: not whoever has it generated.
        #[allow(deprecated)]
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

            fn begin() -> $draft {
                $draft {
                    $( $field: ::core::option::Option::None, )*
                    $( $other: ::std::collections::BTreeMap::new(), )?
                    $($more)*
                }
            }

            fn visit<S: $crate::__private::Slots>(draft: &mut $draft, slots: &mut S) {
                $( slots.$presence(&mut draft.$field); )*
            }

            $(
                fn read_other<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                    draft: &mut $draft,
                    name: ::std::string::String,
                    other: $crate::__private::Other<'_, A>,
                ) -> ::core::result::Result<(), A::Error> {
                    other.keep(name, &mut draft.$other)
                }
            )?

            fn finish(draft: $draft) -> ::core::option::Option<Self> {
                match ($( draft.$field, )*) {
                    ($( $crate::__slot!($presence $field), )*) => {
                        ::core::option::Option::Some(Self {
                            $( $field, )*
                            $( $other: draft.$other, )?
                        })
                    }
                    #[allow(unreachable_patterns)]
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                output: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let mut object = $crate::__private::begin_object(output)?;
                $( object.$presence($key, &self.$field); )*
                $( object.others(&self.$other); )?
                object.end()
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

/// The slot of a property that is there, as a pattern: only one that must be there can be missing.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    (optional $field:ident) => {
        $field
    };
    ($presence:ident $field:ident) => {
        ::core::option::Option::Some($field)
    };
}

/// The type of a property's field, by its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (optional $ty:ty) => { ::core::option::Option<$ty> };
    ($presence:ident $ty:ty) => { $ty };
}

/// An object that is only received: tolerant, its fields public.
#[doc(hidden)]
#[macro_export]
macro_rules! __received {
    (
        $(#[$meta:meta])*
        pub struct $name:ident, others: $others:ident {
            $(
                $(#[$property:meta])*
                $presence:ident $field:ident : $ty:ty as $key:literal $(or $alias:literal)* ;
            )*
        }
        $( other $other:ident : $value:ty ; )?
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$property])* pub $field: $crate::__field!($presence $ty), )*
            $(
                /// The properties that the description does not list.
                pub $other: ::std::collections::BTreeMap<::std::string::String, $value>,
            )?
        }

        const _: () = {
            #[doc(hidden)]
            pub struct Draft {
                $( $field: ::core::option::Option<$ty>, )*
                $( $other: ::std::collections::BTreeMap<::std::string::String, $value>, )?
            }

            $crate::__object!($name, Draft {}, $others, {
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
    (
        $(#[$meta:meta])*
        pub struct $name:ident, builder: $builder:ident, others: $others:ident {
            $(
                $(#[$property:meta])*
                $presence:ident $view:ident $field:ident : $ty:ty
                    as $key:literal $(or $alias:literal)* $(, $rule:expr)? ;
            )*
        }
        $( other $other:ident : $value:ty $(, $other_rule:expr)? ; )?
        $( members $members:expr ; )?
    ) => {
        $(#[$meta])*
        pub struct $name {
            $( $field: $crate::__field!($presence $ty), )*
            $( $other: ::std::collections::BTreeMap<::std::string::String, $value>, )?
        }

        impl $name {
            /// Begins one, with nothing set but what can only have one value.
            pub fn builder() -> $builder {
                $crate::__private::begin_fixed::<Self>()
            }

            $( $crate::__getter! { [$(#[$property])*] $presence $view $field $ty } )*

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
        #[derive(Clone, Debug)]
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

            $( $crate::__setter! { [$(#[$property])*] $presence $field $ty, $key } )*

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
                    $crate::__private::$presence::MUST_BE_SET,
                    &self.$field,
                    &$crate::__private::Own $(.or($rule))?,
                    &mut at,
                ); )*
                $( $crate::__private::check_others(
                    <$name as $crate::__private::Object>::SHAPE,
                    &self.$other,
                    &$crate::__private::Own $(.or($other_rule))?,
                    &mut at,
                ); )?
                $crate::__members!(
                    [$($members)?], $name,
                    [$( ($key, self.$field.is_some()) ),*],
                    [$( &|name: &str| self.$other.contains_key(name) )?],
                    0 $( + self.$other.len() )?,
                    &mut at
                );
                at.finish()?;
                $crate::__private::finish_built(self)
            }
        }

        $crate::__object!($name, $builder { draft: ::core::default::Default::default() }, $others, {
            $( $presence $field as $key $(or $alias)* ; )*
        } $( other $other )? $( members $members )?);

        impl $crate::__private::Check for $name {
            fn check(&self, at: &mut $crate::__private::Checker) {
                $( at.$presence($key, &self.$field, &$crate::__private::Own $(.or($rule))?); )*
                $( $crate::__private::check_others(
                    <$name as $crate::__private::Object>::SHAPE,
                    &self.$other,
                    &$crate::__private::Own $(.or($other_rule))?,
                    at,
                ); )?
                $crate::__members!(
                    [$($members)?], $name,
                    [$( ($key, $crate::__private::$presence::is_there(&self.$field)) ),*],
                    [$( &|name: &str| self.$other.contains_key(name) )?],
                    0 $( + self.$other.len() )?,
                    at
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

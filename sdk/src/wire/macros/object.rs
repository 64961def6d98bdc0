//! Objects that are sent or received, with a line for each property.
//!
//! ```text
//! rt::sent! {
//!     pub struct GetShop, builder: GetShopBuilder, additional: Refused {
//!         required copy shop_id: i64 as "shop_id", [Minimum(0)];
//!     }
//! }
//!
//! pub struct GetShop { shop_id: i64 } with a getter, GetShopBuilder with a setter and `build`, and an
//! `impl Object for GetShop`, by which it is read, checked, written and shown
//! ```

/// Implements what all objects have, for [`__sent`] (`strict`) and [`__received`] (`tolerant`).
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident, $mode:ident, $rest:ident, {
        $( $presence:ident $field:ident : $ty:ty as $key:literal $(or $alias:literal)* ; )*
    } $( additional $additional:ident: $value:ty )? {
        $($items:tt)*
    }) => {
        // Generated code may use a deprecated field without a warning.
        #[allow(deprecated)]
        impl $crate::__private::Object for $name {
            // A tuple and not a struct, since nobody sees its fields.
            type Partial = $crate::__private::Parts<
                $crate::__tuple!($( [$crate::__private::$presence::Partial<$ty>] )*)
                $( , ::std::collections::BTreeMap<::std::string::String, $value> )?
            >;

            const INFO: $crate::__private::ObjectInfo = $crate::__private::ObjectInfo {
                name: stringify!($name),
                keys: &[$( $key ),*],
                buckets: $crate::__buckets!($( $key ),*),
                fields: stringify!($( $field ),*),
                aliases: &[$( $( ($key, $alias), )* )*],
                additional: $crate::__private::Additional::$rest,
            };

            #[inline]
            fn finish(partial: Self::Partial) -> ::core::result::Result<Self, Self::Partial> {
                match partial {
                    $crate::__private::Parts(
                        $crate::__tuple!($( [$crate::__found!($presence $field)] )*),
                        $( $additional, )?
                        ..
                    ) => ::core::result::Result::Ok(Self { $( $field, )* $( $additional, )? }),
                    #[allow(unreachable_patterns)]
                    partial => ::core::result::Result::Err(partial),
                }
            }

            $($items)*

            fn show<'v, __V: $crate::__private::PropertyVisitor<'v>>(&'v self, visitor: &mut __V) {
                $( visitor.$presence(&self.$field); )*
            }

            $(
                fn additional(
                    &self,
                ) -> ::core::option::Option<&::std::collections::BTreeMap<::std::string::String, $value>> {
                    ::core::option::Option::Some(&self.$additional)
                }
            )?
        }

        // Not derived, since a derive makes one more item to compile.
        #[allow(deprecated)]
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    $( $field: ::core::clone::Clone::clone(&self.$field), )*
                    $( $additional: ::core::clone::Clone::clone(&self.$additional), )?
                }
            }
        }

        #[allow(deprecated, unused_variables)]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                true $( && self.$field == other.$field )* $( && self.$additional == other.$additional )?
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug(self, out)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                output: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::__private::write_object(self, output)
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

/// An object that is only received. It is read tolerantly, and its fields are public.
#[doc(hidden)]
#[macro_export]
macro_rules! __received {
    (
        $(#[$meta:meta])*
        pub struct $name:ident, additional: $rest:ident {
            $(
                $(#[$property:meta])*
                $presence:ident $field:ident : $ty:ty as $key:literal $(or $alias:literal)* ;
            )*
        }
        $( additional $additional:ident : $value:ty ; )?
    ) => {
        // The names come from the description.
        #[allow(clippy::struct_field_names)]
        $(#[$meta])*
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$property])* pub $field: $crate::__field!($presence $ty), )*
            $(
                /// The additional properties.
                pub $additional: ::std::collections::BTreeMap<::std::string::String, $value>,
            )?
        }

        $crate::__object!($name, tolerant, $rest, {
            $( $presence $field: $ty as $key $(or $alias)* ; )*
        } $( additional $additional: $value )? {});
    };
}

/// An object that is sent. It is read strictly and always valid, and has a builder and getters.
#[doc(hidden)]
#[macro_export]
macro_rules! __sent {
    (
        $(#[$meta:meta])*
        pub struct $name:ident, builder: $builder:ident, additional: $rest:ident {
            $(
                $(#[$property:meta])*
                $presence:ident $view:ident $field:ident : $ty:ty
                    as $key:literal $(or $alias:literal)* $(, $rules:tt $(each $each:tt)*)? ;
            )*
        }
        $(
            additional $additional:ident : $value:ty
                $(, $additional_rules:tt $(each $additional_each:tt)*)? ;
        )?
        $( patterns $once:ident ; )?
        $( orders $orders:tt )?
        $( validate_fields $on_fields:path ; )?
        $( validate_json $on_json:path ; )?
        $( table $table:path ; )?
        $( pages { $(#[$page:meta])* } )?
    ) => {
        // The names come from the description.
        #[allow(clippy::struct_field_names)]
        $(#[$meta])*
        $( #[doc = ""] $(#[$page])* )?
        pub struct $name {
            $( $field: $crate::__private::$presence::Field<$ty>, )*
            $( $additional: ::std::collections::BTreeMap<::std::string::String, $value>, )?
        }

        impl $name {
            /// Starts a builder. Only properties with one possible value are set.
            pub fn builder() -> $builder {
                $builder {
                    refused_values: $crate::__private::RefusedValues::NONE,
                    partial: $crate::__private::begin_fixed::<Self>(),
                }
            }

            $( $crate::__getter! { [$(#[$property])*] $presence $view $field $ty } )*

            $(
                /// The additional properties.
                pub fn $additional(
                    &self,
                ) -> &::std::collections::BTreeMap<::std::string::String, $value> {
                    &self.$additional
                }
            )?
        }

        #[doc = concat!("Builds a [`", stringify!($name), "`]: see there for what each property is.")]
        $( #[doc = ""] $(#[$page])* )?
        #[derive(Clone)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct $builder {
            refused_values: $crate::__private::RefusedValues,
            partial: <$name as $crate::__private::Object>::Partial,
        }

        impl $builder {
            $(
                /// The additional properties.
                pub fn $additional(
                    mut self,
                    value: ::std::collections::BTreeMap<::std::string::String, $value>,
                ) -> Self {
                    self.partial.1 = value;
                    self
                }
            )?

            $crate::__setters! {
                [partial.0] $( { $presence [$(#[$property])*] $field: $ty, $key } )*
            }

            #[doc = concat!("Makes the [`", stringify!($name), "`].")]
            ///
            /// # Errors
            ///
            /// All violations, each with its place.
            pub fn build(
                self,
            ) -> ::core::result::Result<$name, $crate::__private::Invalid> {
                $crate::__private::build(self.partial, &self.refused_values)
            }
        }

        $crate::__object!($name, strict, $rest, {
            $( $presence $field: $ty as $key $(or $alias)* ; )*
        } $( additional $additional: $value )? {
            fn rules() -> &'static [$crate::__private::Levels] {
                $crate::__rules!(
                    [$($once)?] $( [$($rules $($each)*)?] )*
                    $( [$($additional_rules $($additional_each)*)?] )?
                )
            }

            $( $crate::__orders! { $orders } )?
            $( $crate::__object_table! { OnFields $on_fields } )?
            $( $crate::__object_table! { OnJson $on_json } )?
            $( $crate::__object_table! { OfSchema $table } )?
        });

        impl ::core::fmt::Debug for $builder {
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug_builder::<$name>(&self.partial, &self.refused_values, out)
            }
        }
    };
}

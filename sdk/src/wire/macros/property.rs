//! Setters, getters and patterns of one property, for the macros of objects.
//!
//! ```text
//! required copy shop_id: i64 as "shop_id", [Minimum(0)];
//!
//! fn shop_id(self, value: impl TryInto<i64, ..>) -> Self    the builder's setter
//! fn shop_id(&self) -> i64                                  the getter
//! ```

/// The setters of the properties, each with the path to its partial field. Sixteen are numbered at a time.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ($at:tt) => {};
    (@behind [$($at:tt)*] $( $more:tt )*) => {
        $crate::__setters!([$($at)*.16] $( $more )*);
    };
    (
        $at:tt $s0:tt $( $s1:tt $( $s2:tt $( $s3:tt $( $s4:tt $( $s5:tt $( $s6:tt $( $s7:tt $( $s8:tt
        $( $s9:tt $( $s10:tt $( $s11:tt $( $s12:tt $( $s13:tt $( $s14:tt $( $s15:tt $( $more:tt )*
        )? )? )? )? )? )? )? )? )? )? )? )? )? )? )?
    ) => {
        $crate::__setter!($at 0 $s0);
        $( $crate::__setter!($at 1 $s1); $( $crate::__setter!($at 2 $s2);
        $( $crate::__setter!($at 3 $s3); $( $crate::__setter!($at 4 $s4);
        $( $crate::__setter!($at 5 $s5); $( $crate::__setter!($at 6 $s6);
        $( $crate::__setter!($at 7 $s7); $( $crate::__setter!($at 8 $s8);
        $( $crate::__setter!($at 9 $s9); $( $crate::__setter!($at 10 $s10);
        $( $crate::__setter!($at 11 $s11); $( $crate::__setter!($at 12 $s12);
        $( $crate::__setter!($at 13 $s13); $( $crate::__setter!($at 14 $s14);
        $( $crate::__setter!($at 15 $s15); $crate::__setters!(@behind $at $( $more )*);
        )? )? )? )? )? )? )? )? )? )? )? )? )? )? )?
    };
}

/// A setter. Its documentation says whether it is required. A property with one possible value has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($at:tt $index:tt { fixed $($setter:tt)* }) => {};
    ([$($at:tt)*] $index:tt { required [$($meta:tt)*] $($setter:tt)* }) => {
        $crate::__setter! {
            @at [$($at)*.$index]
            [
                $($meta)*
                ///
                /// Required.
            ]
            $($setter)*
        }
    };
    ([$($at:tt)*] $index:tt { optional $($setter:tt)* }) => {
        $crate::__setter! { @at [$($at)*.$index.0] $($setter)* }
    };
    (@at [$($part:tt)*] [$($meta:tt)*] $field:ident: $ty:ty, $key:literal) => {
        $($meta)*
        pub fn $field(
            mut self,
            value: impl ::core::convert::TryInto<
                $ty,
                Error: ::core::convert::Into<$crate::__private::Invalid>,
            >,
        ) -> Self {
            self.refused_values.accept($key, value, &mut self.$($part)*);
            self
        }
    };
}

/// A getter: by value, as `&str`, or by reference.
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

/// The pattern of a partial field whose property is present; for an optional property, of any partial field.
#[doc(hidden)]
#[macro_export]
macro_rules! __found {
    (required $field:ident) => {
        ::core::option::Option::Some($field)
    };
    (fixed $field:ident) => {
        $crate::__private::fixed::Partial(::core::option::Option::Some($field))
    };
    (optional $field:ident) => {
        $crate::__private::optional::Partial($field)
    };
}

/// The type of a property's field, by its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (optional $ty:ty) => { ::core::option::Option<$ty> };
    ($presence:ident $ty:ty) => { $ty };
}

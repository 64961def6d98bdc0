//! What a property of an object does, by its presence and its view: for the macros of objects.

/// Checks what is set in a builder by the type's table, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __check_partial {
    ([], $($rest:tt)*) => {};
    ([orders $orders:tt], $builder:expr, $at:expr, $($rest:tt)*) => {
        // What is not set, or was refused, has no order with anything.
        $crate::__check_orders!($orders, $builder, $at);
    };
    (
        [besides $table:path], $builder:expr, $at:expr,
        { $( $key:literal => $field:ident; )* } $( additional $additional:ident )?
    ) => {
        let fields = [$( ($key, $builder.refused_values.leaf($key, &$builder.$field)) ),*];
        let object = $crate::__private::Shallow::new(&fields);
        $( let object = object.and(&$builder.$additional); )?
        $builder.refused_values.besides(
            $crate::__table!(besides $table),
            &object,
            $at,
        );
    };
    (
        [$kind:ident $table:path], $builder:expr, $at:expr,
        { $( $key:literal => $field:ident; )* } $( additional $additional:ident )?
    ) => {
        $builder.refused_values.$kind(
            $crate::__table!($kind $table),
            |object| {
                $( object.optional($key, &$builder.$field); )*
                $( object.additional(&$builder.$additional); )?
            },
            $at,
        );
    };
}

/// Compares the fields of a struct, or of a builder, that have an order.
#[doc(hidden)]
#[macro_export]
macro_rules! __check_orders {
    (
        { $( $first:ident $first_key:literal $relation:tt $second:ident $second_key:literal; )* },
        $value:expr, $at:expr
    ) => {
        $( $at.order(
            &$crate::__private::PropertyOrder {
                first: $first_key,
                or_equal: $crate::__or_equal!($relation),
                second: $second_key,
            },
            $crate::__private::Check::leaf(&$value.$first),
            $crate::__private::Check::leaf(&$value.$second),
        ); )*
    };
}

/// Whether what is equal is in order.
#[doc(hidden)]
#[macro_export]
macro_rules! __or_equal {
    (<=) => {
        true
    };
    (<) => {
        false
    };
}

/// A setter, which says where it must be called. A property with one possible value has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ([$($meta:tt)*] fixed $field:ident $ty:ty, $key:literal) => {};
    ([$($meta:tt)*] required $field:ident $ty:ty, $key:literal) => {
        $crate::__setter! {
            [$($meta)* #[doc = ""] #[doc = "Required."]] optional $field $ty, $key
        }
    };
    ([$($meta:tt)*] optional $field:ident $ty:ty, $key:literal) => {
        $($meta)*
        pub fn $field(
            mut self,
            value: impl ::core::convert::TryInto<
                $ty,
                Error: ::core::convert::Into<$crate::__private::Invalid>,
            >,
        ) -> Self {
            self.$field = self.refused_values.accept($key, value);
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

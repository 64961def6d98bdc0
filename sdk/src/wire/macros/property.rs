//! What a property of an object does, by its presence and its view: for the macros of objects.

/// Makes what a builder holds, whose setters have refused some values. It has a body of its own only where
/// a type has rules beyond those of its properties.
#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    ($name:ident, $builder:ident, $refused:ident, [] $properties:tt) => {
        $crate::__private::build($builder, &$refused)
    };
    (
        $name:ident, $builder:ident, $refused:ident, $table:tt $properties:tt
        $( additional $additional:ident, $rules:expr )?
    ) => {{
        let mut found = $crate::__private::Found::default();
        let mut at = found.checker();
        $crate::__private::check_partial::<$name>(&mut $builder, &$refused, &mut at);
        $( $crate::__private::check_additional(
            <$name as $crate::__private::Object>::INFO, &$builder.$additional, $rules, &mut at,
        ); )?
        $crate::__check_partial!(
            $table, $builder, $refused, &mut at, $properties $( additional $additional )?
        );
        $crate::__private::finish_built(found, $builder)
    }};
}

/// Checks what is set in a builder by the type's table, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __check_partial {
    ([], $($rest:tt)*) => {};
    ([orders $orders:tt], $builder:ident, $refused:ident, $at:expr, $($rest:tt)*) => {
        // What is not set, or was refused, has no order with anything.
        $crate::__check_orders!($orders, $builder, $at);
    };
    (
        [besides $table:path], $builder:ident, $refused:ident, $at:expr,
        { $( $key:literal => $field:ident; )* } $( additional $additional:ident )?
    ) => {
        let fields = [$( ($key, $refused.leaf($key, &$builder.$field)) ),*];
        let object = $crate::__private::SeenObject::of_leaves(&fields);
        $( let object = object.and(&$builder.$additional); )?
        $refused.besides($crate::__table!(besides $table), &object, $at);
    };
    (
        [$kind:ident $table:path], $builder:ident, $refused:ident, $at:expr,
        { $( $key:literal => $field:ident; )* } $( additional $additional:ident )?
    ) => {
        $refused.$kind(
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
    ([$($meta:tt)*] required $($setter:tt)*) => {
        $crate::__setter! {
            [
                $($meta)*
                ///
                /// Required.
            ]
            optional $($setter)*
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
            self.refused_values.accept($key, value, &mut self.$field);
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

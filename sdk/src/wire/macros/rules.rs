//! The notation of rules in generated code.
//!
//! ```text
//! [MinItems(1)] each [MaxLength(4)]    the rules of a list, and those of its items, as `Levels`
//! ```

/// A rule: `MaxLength(4)`, `Minimum(1)`, `MultipleOf(25, -2)`, which is 0.25. Paths are written out, since a `use` of
/// all names would take time to compile in generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule {
    (Minimum($number:literal)) => { $crate::__rule!(Minimum($number, 0)) };
    (ExclusiveMinimum($number:literal)) => { $crate::__rule!(ExclusiveMinimum($number, 0)) };
    (Maximum($number:literal)) => { $crate::__rule!(Maximum($number, 0)) };
    (ExclusiveMaximum($number:literal)) => { $crate::__rule!(ExclusiveMaximum($number, 0)) };
    (MultipleOf($number:literal)) => { $crate::__rule!(MultipleOf($number, 0)) };
    (Type($types:ident)) => { $crate::__private::Type($crate::__private::Types::$types) };
    (Format($format:ident)) => { $crate::__private::Format($crate::__private::Format::$format) };
    (Pattern($pattern:expr $(,)?)) => { $crate::__private::Pattern($pattern) };
    ($bound:ident($mantissa:literal, $exponent:literal)) => {
        $crate::__private::$bound($crate::__private::Number::<$mantissa, $exponent>::VALUE)
    };
    ($rule:ident $(($count:literal))?) => { $crate::__private::$rule $(($count))? };
}

/// The rules of a value, and of its items: `[MinItems(1)] [MaxLength(4)]`.
#[doc(hidden)]
#[macro_export]
macro_rules! __levels {
    () => { &[] };
    ($( [$( $rule:ident $(($($bound:tt)*))? ),* $(,)?] )+) => {{
        static LEVELS: $crate::__private::Levels =
            &[$( &[$( $crate::__rule!($rule $(($($bound)*))?) ),*] ),+];
        LEVELS
    }};
}

/// The rules of each property. They are a static only if a pattern is among them, which is compiled once at run
/// time: a static takes rustc three times as long as a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! __rules {
    ([once] $( [$($levels:tt)*] )*) => {{
        static RULES: &[$crate::__private::Levels] = $crate::__rules!([] $( [$($levels)*] )*);
        RULES
    }};
    ([] $( [$( [$( $rule:ident $(($($bound:tt)*))? ),* $(,)?] )*] )*) => {
        &[$( &[$( &[$( $crate::__rule!($rule $(($($bound)*))?) ),*] ),*] ),*]
    };
}

/// A type's table, a static: `table ROOT`.
#[doc(hidden)]
#[macro_export]
macro_rules! __table {
    (table $table:path) => {{
        static TABLE: $crate::__private::Table = $crate::__private::Table::new(&$table);
        &TABLE
    }};
}

/// The table of an object, and how it is evaluated on a value that will be sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __object_table {
    ($evaluation:ident $table:path) => {
        const EVALUATION: ::core::option::Option<$crate::__private::Evaluation> =
            ::core::option::Option::Some($crate::__private::Evaluation::$evaluation);

        fn table() -> &'static $crate::__private::Table {
            $crate::__table!(table $table)
        }
    };
}

/// The orders of properties that are checked without a table.
#[doc(hidden)]
#[macro_export]
macro_rules! __orders {
    ({ $( $first:literal $relation:tt $second:literal; )* }) => {
        const ORDERS: &'static [$crate::__private::FieldOrder] = &[$(
            $crate::__private::FieldOrder::new(
                Self::INFO.keys,
                $crate::__private::PropertyOrder {
                    first: $first,
                    or_equal: $crate::__or_equal!($relation),
                    second: $second,
                },
            )
        ),*];
    };
}

/// Whether equal values are in order.
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

/// Checks a value that is no object, and then evaluates its type's table, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __check_table {
    ([], $value:expr, $at:ident, $check:block) => { $check };
    ([table $table:path], $value:expr, $at:ident, $check:block) => {{
        let before = $at.count();
        $check
        $at.table($crate::__table!(table $table), before, $value);
    }};
}

/// Reads a value of the type within, and evaluates a table, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_value {
    ([], $ty:ty, $input:expr, $cx:expr) => {
        <$ty as $crate::__private::Decode>::decode($input, $cx)
    };
    ([$($table:tt)+], $ty:ty, $input:expr, $cx:expr) => {
        $crate::__private::decode_by_table::<$ty, __D>($input, $cx, $crate::__table!($($table)+))
    };
}

/// Reads a value as a tree, and evaluates a table, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __buffer {
    ([], $input:expr, $cx:expr) => { $crate::__private::buffer($input)? };
    ([$($table:tt)+], $input:expr, $cx:expr) => {
        $crate::__private::buffer_by_table($input, $cx, $crate::__table!($($table)+))?
    };
}

/// A pattern, which is compiled once, when it is first used.
#[cfg(feature = "pattern")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pattern {
    ($source:literal, $translated:literal) => {{
        static PATTERN: $crate::__private::Pattern<'static> =
            $crate::__private::Pattern::new($source, $translated);
        &PATTERN
    }};
}

/// A pattern without the feature `pattern`: an error that says so.
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

//! Rules as they stand in generated code.
//!
//! ```text
//! [MinItems(1)] each [MaxLength(4)]    Levels of a list's own rules, and those of its items
//! ```

/// A rule, as it is stated: `MaxLength(4)`, `Minimum(1)`, `MultipleOf(25, -2)` of hundredths. Paths are
/// written out: a `use` of all names would be paid for by whoever compiles the generated code.
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

/// The rules of a value, and of what is within it: `[MinItems(1)] [MaxLength(4)]`.
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

/// The rules of each property. They are a static only where a pattern is among them, which is compiled
/// `once`: for one, rustc takes three times as long.
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

/// A type's table, a static: `table ROOT` says all that the schema says, `besides ROOT` and `written
/// ROOT` what the type does not enforce, the one of its fields and the other of the value as it would be
/// written.
#[doc(hidden)]
#[macro_export]
macro_rules! __table {
    ($kind:ident $table:path) => {{
        static TABLE: $crate::__private::Table = $crate::__private::Table::new(&$table);
        &TABLE
    }};
}

/// Checks a value, and then by its type's table if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __check_table {
    ([], $value:expr, $at:ident, $check:block $($rest:tt)*) => { $check };
    ([orders $orders:tt], $value:expr, $at:ident, $check:block $($rest:tt)*) => {{
        $check
        $crate::__check_orders!($orders, [&$value.], $at);
    }};
    ([table $table:path], $value:expr, $at:ident, $check:block $($rest:tt)*) => {{
        let before = $at.count();
        $check
        $at.table($crate::__table!(table $table), before, $value);
    }};
    ([written $table:path], $value:expr, $at:ident, $check:block $($rest:tt)*) => {{
        $check
        $at.written($crate::__table!(written $table), $value);
    }};
    (
        [besides $table:path], $value:expr, $at:ident, $check:block
        { $( $key:literal => $presence:ident $field:ident; )* } $( additional $additional:ident )?
    ) => {{
        $check
        if $at.evaluates_tables() {
            let fields = [$( ($key, $crate::__private::$presence::leaf(&$value.$field)) ),*];
            let object = $crate::__private::SeenObject::of_leaves(&fields);
            $( let object = object.and(&$value.$additional); )?
            $at.besides($crate::__table!(besides $table), &object);
        }
    }};
}

/// Reads a value of another type, by a table if there is one.
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

/// Keeps a value until it is known which type it is of, and evaluates a table if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __buffer {
    ([], $input:expr, $cx:expr) => { $crate::__private::buffer($input)? };
    ([$($table:tt)+], $input:expr, $cx:expr) => {
        $crate::__private::buffer_by_table($input, $cx, $crate::__table!($($table)+))?
    };
}

/// A pattern. Each is compiled once, when it is first needed.
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

//! Regular expressions.

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

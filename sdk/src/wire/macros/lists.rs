//! What a list of properties becomes that `macro_rules` cannot count.
//!
//! ```text
//! __tuple!([A] [B])            (A, B,)
//! __buckets!("a", "b", ..)     the hash table of the names
//! ```

/// The hash table of the names (see `buckets`), or none where the names are few and are compared one by one.
#[doc(hidden)]
#[macro_export]
macro_rules! __buckets {
    ($($a:literal $(, $b:literal $(, $c:literal $(, $d:literal $(, $e:literal $(, $f:literal
        $(, $g:literal)?)?)?)?)?)?)?) => {
        &[]
    };
    ($( $key:literal ),*) => {
        &$crate::__private::buckets::<{ ([$( $key ),*].len() * 2).next_power_of_two() }>(&[
            $( $key ),*
        ])
    };
}

/// A tuple of what stands in brackets, as a type or a pattern. After sixteen, the last element is a tuple of the rest.
#[doc(hidden)]
#[macro_export]
macro_rules! __tuple {
    () => { () };
    (
        [$( $e0:tt )*] $( [$( $e1:tt )*] $( [$( $e2:tt )*] $( [$( $e3:tt )*] $( [$( $e4:tt )*]
        $( [$( $e5:tt )*] $( [$( $e6:tt )*] $( [$( $e7:tt )*] $( [$( $e8:tt )*]
        $( [$( $e9:tt )*] $( [$( $e10:tt )*] $( [$( $e11:tt )*] $( [$( $e12:tt )*]
        $( [$( $e13:tt )*] $( [$( $e14:tt )*] $( [$( $e15:tt )*]
        $( [$( $other:tt )*] $( $more:tt )*
        )? )? )? )? )? )? )? )? )? )? )? )? )? )? )? )?
    ) => {
        (
            $( $e0 )*, $( $( $e1 )*, $( $( $e2 )*, $( $( $e3 )*, $( $( $e4 )*, $( $( $e5 )*,
            $( $( $e6 )*, $( $( $e7 )*, $( $( $e8 )*, $( $( $e9 )*, $( $( $e10 )*,
            $( $( $e11 )*, $( $( $e12 )*, $( $( $e13 )*, $( $( $e14 )*, $( $( $e15 )*,
            $( $crate::__tuple!([$( $other )*] $( $more )*),
            )? )? )? )? )? )? )? )? )? )? )? )? )? )? )? )?
        )
    };
}

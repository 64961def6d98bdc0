//! Tuples and `match`es of a list of properties, with a number for each, which `macro_rules` cannot count.
//!
//! ```text
//! __tuple!([A] [B])                                          (A, B,)
//! __visit_at!(visitor, at, required (&self.a) optional (&self.b))
//!
//! match at { 0 => visitor.required(&self.a), 1 => visitor.optional(&self.b), _ => {} }
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

/// Passes the field of an index to a visitor. Each field in the list is written as a call. Sixteen are numbered at a
/// time.
#[doc(hidden)]
#[macro_export]
macro_rules! __visit_at {
    ($visitor:ident, $at:ident $(,)?) => {
        let _ = ($visitor, $at);
    };
    ($visitor:ident, $at:ident, $p0:ident $a0:tt $( $p1:ident $a1:tt $( $p2:ident $a2:tt
        $( $p3:ident $a3:tt $( $p4:ident $a4:tt $( $p5:ident $a5:tt $( $p6:ident $a6:tt
        $( $p7:ident $a7:tt $( $p8:ident $a8:tt $( $p9:ident $a9:tt $( $p10:ident $a10:tt
        $( $p11:ident $a11:tt $( $p12:ident $a12:tt $( $p13:ident $a13:tt $( $p14:ident $a14:tt
        $( $p15:ident $a15:tt $( $p16:ident $a16:tt $( $more:ident $arguments:tt )*
        )? )? )? )? )? )? )? )? )? )? )? )? )? )? )? )?
    ) => {
        match $at {
            0 => $visitor.$p0 $a0,
            $( 1 => $visitor.$p1 $a1, $( 2 => $visitor.$p2 $a2, $( 3 => $visitor.$p3 $a3,
            $( 4 => $visitor.$p4 $a4, $( 5 => $visitor.$p5 $a5, $( 6 => $visitor.$p6 $a6,
            $( 7 => $visitor.$p7 $a7, $( 8 => $visitor.$p8 $a8, $( 9 => $visitor.$p9 $a9,
            $( 10 => $visitor.$p10 $a10, $( 11 => $visitor.$p11 $a11, $( 12 => $visitor.$p12 $a12,
            $( 13 => $visitor.$p13 $a13, $( 14 => $visitor.$p14 $a14, $( 15 => $visitor.$p15 $a15,
            $( 16.. => {
                let at = $at - 16;
                $crate::__visit_at!($visitor, at, $p16 $a16 $( $more $arguments )*);
            } )? )? )? )? )? )? )? )? )? )? )? )? )? )? )? )?
            #[allow(unreachable_patterns)]
            _ => {}
        }
    };
}

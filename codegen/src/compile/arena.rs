//! What keeps the rules of schemas, which refer to each other, while code is generated.
//!
//! ```text
//! arena.slice(&[Rule::MinLength(1)])     a slice that is there as long as the arena
//! ```

use std::cell::{Cell, OnceCell};

use wechat_bizwifi_rules::{
    Contains, Decimal, If, Items, Literal, Pattern, Properties, PropertyOrder, Rule, SchemaRef,
};

use crate::source::File;

/// Keeps values where they are until it is dropped itself, though more are added meanwhile.
///
/// `bumpalo` and `typed-arena` would do as well, but every dependent would have to compile them.
pub(crate) struct Arena<'s> {
    /// Each has twice as many places as the one before.
    chunks: [OnceCell<Box<[OnceCell<Kept<'s>>]>>; 32],
    len: Cell<usize>,
}

impl Default for Arena<'_> {
    fn default() -> Self {
        Self { chunks: [const { OnceCell::new() }; 32], len: Cell::new(0) }
    }
}

/// One of these types for all values, so that what keeps them is compiled once.
macro_rules! kept {
    ($($variant:ident: $item:ty,)*) => {
        pub(crate) enum Kept<'s> {
            $($variant(Vec<$item>),)*
        }

        $(impl<'s> Keep<'s> for $item {
            fn keep(values: Vec<Self>) -> Kept<'s> {
                Kept::$variant(values)
            }

            fn kept<'k>(kept: &'k Kept<'s>) -> Option<&'k [Self]> {
                match kept {
                    Kept::$variant(values) => Some(values),
                    _ => None,
                }
            }
        })*
    };
}

kept! {
    Strings: &'s str,
    StringLists: (&'s str, &'s [&'s str]),
    Numbers: Decimal<'s>,
    Literals: Literal<'s>,
    NamedLiterals: (&'s str, Literal<'s>),
    Rules: Rule<'s>,
    Schemas: SchemaRef<'s>,
    NamedSchemas: (&'s str, SchemaRef<'s>),
    PatternSchemas: (&'s Pattern<'s>, SchemaRef<'s>),
    Orders: PropertyOrder<'s>,
    Items: Items<'s>,
    Contains: Contains<'s>,
    Properties: Properties<'s>,
    If: If<'s>,
    Texts: String,
    Patterns: Pattern<'s>,
    Files: File,
}

/// What an arena keeps, some of it at a time.
pub(crate) trait Keep<'s>: Sized {
    fn keep(values: Vec<Self>) -> Kept<'s>;

    /// What [`keep`](Self::keep) was given.
    fn kept<'k>(kept: &'k Kept<'s>) -> Option<&'k [Self]>;
}

impl<'s> Arena<'s> {
    pub(crate) fn text(&self, text: &str) -> &str {
        self.value(text.to_owned())
    }

    pub(crate) fn slice<T: Keep<'s> + Copy>(&self, values: &[T]) -> &[T] {
        self.values(values.to_vec())
    }

    pub(crate) fn value<T: Keep<'s>>(&self, value: T) -> &T {
        &self.values(vec![value])[0]
    }

    fn values<T: Keep<'s>>(&self, values: Vec<T>) -> &[T] {
        // There are as many as were kept.
        T::kept(self.place(T::keep(values))).unwrap_or_default()
    }

    fn place(&self, kept: Kept<'s>) -> &Kept<'s> {
        let number = self.len.get() + 1;
        self.len.set(number);
        let (chunk, size) = (number.ilog2() as usize, 1 << number.ilog2());
        // A number has 64 bits, of which an arena that fits in memory uses half.
        let places =
            self.chunks[chunk].get_or_init(|| (0..size).map(|_| OnceCell::new()).collect());
        places[number - size].get_or_init(|| kept)
    }
}

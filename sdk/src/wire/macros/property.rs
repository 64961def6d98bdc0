//! What a property of an object does, by its presence: for the macros of objects.

/// A property with one possible value is there from the beginning.
#[doc(hidden)]
#[macro_export]
macro_rules! __prefill {
    (fixed, $slot:expr) => {
        $slot = ::core::option::Option::Some(::core::default::Default::default());
    };
    ($presence:ident, $slot:expr) => {};
}

/// Whether a property must be set.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (optional) => {
        false
    };
    ($presence:ident) => {
        true
    };
}

/// Whether a property is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __present {
    (optional, $slot:expr) => {
        $slot.is_some()
    };
    ($presence:ident, $slot:expr) => {
        true
    };
}

/// A property's rules: its type's own, unless the line states some.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule {
    () => {
        $crate::__private::Own
    };
    ($rule:expr) => {
        $rule
    };
}

/// Checks a property, by its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    (optional, $key:literal, $slot:expr, $rule:expr, $at:ident) => {
        $at.optional($key, $slot, &$rule);
    };
    ($presence:ident, $key:literal, $slot:expr, $rule:expr, $at:ident) => {
        $at.required($key, $slot, &$rule);
    };
}

/// Checks which properties there are, where a rule says something of that.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    ([], $($rest:tt)*) => {};
    ([$members:expr], $name:ident, $listed:expr, $others:expr, $more:expr, $at:expr) => {
        $crate::__private::check_members::<$name>(&$listed, &$others, $more, $at);
    };
}

/// A setter. A property with one possible value has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ([$($meta:tt)*] fixed $field:ident $ty:ty, $key:literal) => {};
    ([$($meta:tt)*] $presence:ident $field:ident $ty:ty, $key:literal) => {
        $($meta)*
        pub fn $field(
            mut self,
            value: impl ::core::convert::TryInto<
                $ty,
                Error: ::core::convert::Into<$crate::__private::Invalid>,
            >,
        ) -> Self {
            self.$field = self.draft.accept($key, value);
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

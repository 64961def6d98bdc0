//! Operations: what is known of each, and the calls of another crate's API.

/// What the runtime needs to know of the operation whose request a type is.
#[doc(hidden)]
#[macro_export]
macro_rules! __endpoint {
    ($request:ident -> $reply:ty, $operation:expr) => {
        impl $crate::__private::Endpoint for $request {
            type Reply = $reply;

            const OPERATION: &'static $crate::__private::Operation = &$operation;
        }
    };
}

/// The calls of an API whose client is this crate's: a trait brings them.
#[doc(hidden)]
#[macro_export]
macro_rules! __calls {
    (
        $(#[$meta:meta])*
        pub trait $name:ident {
            $( $(#[$method:meta])* fn $call:ident($request:ident) -> $reply:ty; )*
        }
    ) => {
        $(#[$meta])*
        pub trait $name: ::core::convert::AsRef<$crate::__private::Client> {
            $(
                $(#[$method])*
                fn $call(
                    &self,
                    request: &$request,
                ) -> impl ::core::future::Future<
                    Output = ::core::result::Result<$reply, $crate::__private::Error>,
                > + ::core::marker::Send {
                    self.as_ref().send(request)
                }
            )*
        }

        impl $name for $crate::__private::Client {}
    };
}

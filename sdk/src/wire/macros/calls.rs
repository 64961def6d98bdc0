//! Operations: the facts of each, and the calls of another crate's API.
//!
//! ```text
//! rt::endpoint!(GetShop -> Option<Shop>, rt::Operation::new("getShop", ..));
//!
//! impl Endpoint for GetShop { type Reply = Option<Shop>; const OPERATION .. }
//! ```

/// Implements `Endpoint` for a request type.
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

/// A trait that adds the calls of another API to this crate's client.
#[doc(hidden)]
#[macro_export]
macro_rules! __calls {
    (
        $(#[$meta:meta])*
        pub trait $name:ident {
            $( $(#[$method:meta])* fn $call:ident($request:ident) -> $reply:ty; )*
            $(
                pages;
                $(
                    $(#[$items_method:meta])*
                    fn $items:ident($($builder:ident)?) $(of $listing:ident)? -> $item:ty;
                )*
            )?
        }
    ) => {
        $(#[$meta])*
        pub trait $name: ::core::convert::AsRef<$crate::__private::Client> {
            $(
                $(#[$method])*
                fn $call<'a>(
                    &'a self,
                    request: &'a $request,
                ) -> $crate::__private::CallFuture<'a, $reply> {
                    $crate::__private::send(self, request)
                }
            )*
            $( $(
                $(#[$items_method])*
                fn $items(&self $(, builder: $builder)?) -> $crate::__private::Pages<$item> {
                    self.as_ref().pages($crate::__builder!($(builder $builder)? $($listing)?))
                }
            )* )?
        }

        impl $name for $crate::__private::Client {}
    };
}

/// The builder of a request for pages: the one that was given, or a new one.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    ($given:ident $builder:ident) => {
        $given
    };
    ($listing:ident) => {
        $listing::builder()
    };
}

/// Implements `Paged` for the builder of a request that lists something.
#[doc(hidden)]
#[macro_export]
macro_rules! __paged {
    (
        $builder:ident => $request:ident -> $item:ty {
            paging $paging:expr;
            position $position:ident: $position_ty:ty;
            $( size $size:ident: $size_ty:ty; )?
            items |$reply:ident| $items:expr;
            $( pages |$paged:ident| $pages:expr; )?
            $( total |$whole:ident| $total:expr; )?
            key |$one:ident| $key:expr;
        }
    ) => {
        // Generated code may use a deprecated field without a warning.
        #[allow(deprecated)]
        impl $crate::__private::Paged for $builder {
            type Request = $request;
            type Item = $item;

            const PAGING: $crate::__private::Paging = $paging;

            fn count_of(&mut self, property: &str) -> ::core::option::Option<u64> {
                $crate::__private::count_of::<$request>(&mut self.partial, property)
            }

            #[allow(unused_mut, unused_variables)]
            fn request(
                mut self,
                position: u64,
                size: ::core::option::Option<u64>,
            ) -> ::core::result::Result<$request, $crate::__private::Invalid> {
                // `build` reports what a setter refused.
                if self.refused_values.is_empty() {
                    self = self.$position($crate::__private::from_count::<$position_ty>(
                        stringify!($position), position,
                    )?);
                    $( if let ::core::option::Option::Some(size) = size {
                        self = self.$size($crate::__private::from_count::<$size_ty>(
                            stringify!($size), size,
                        )?);
                    } )?
                }
                self.build()
            }

            fn page(
                reply: <$request as $crate::__private::Endpoint>::Reply,
            ) -> $crate::__private::Page<$item> {
                let (pages, total) = (::core::option::Option::None, ::core::option::Option::None);
                $(
                    let $paged = &reply;
                    let pages = pages.or($crate::__private::to_count(&$pages));
                )?
                $(
                    let $whole = &reply;
                    let total = total.or($crate::__private::to_count(&$total));
                )?
                let $reply = reply;
                let items = $crate::__private::IntoItems::into_items($items).into_iter();
                let items = items.map(|item| {
                    let $one = &item;
                    ($crate::__private::key(&$key), item)
                });
                $crate::__private::Page { items: items.collect(), pages, total }
            }
        }
    };
}

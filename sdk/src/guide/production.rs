//! In production: the things to settle before the first real call.
//!
//! # One client
//!
//! Build one [`Client`](crate::Client) per account, when the program starts, and clone it wherever
//! it is needed. A client per request would fetch a token and make a connection each time.
//!
//! Any number of tokio runtimes can use it; see [several runtimes](crate::Client#several-runtimes).
//!
//! # The IP white list
//!
//! WeChat hands tokens only to addresses on the account's white list. An address that is not on it
//! fails with [`ErrorKind::Auth`](crate::ErrorKind::Auth) and 40164; the message shows the address.
//!
//! # Certificates
//!
//! By default TLS is done by rustls, which trusts the certificates that the system has. Slim
//! containers have none; then [`build`](crate::ClientBuilder::build) fails and says so. Either
//! install the system's package (`ca-certificates`), or switch on the feature `webpki-roots`, which
//! brings Mozilla's certificates along.
//!
//! # Proxies
//!
//! `HTTPS_PROXY` and `NO_PROXY` are respected. For anything else, give the builder an
//! [`http_client`](crate::ClientBuilder::http_client) of your own.
//!
//! # Another site
//!
//! When the general host is out of reach, [`Host`](crate::Host) names the others; the token is valid
//! on all of them.
//!
//! # Several processes
//!
//! With [`TokenEndpoint::Stable`](crate::token::TokenEndpoint::Stable), the default, any number of
//! processes can use one account: they all get the same token. With
//! [`TokenEndpoint::Legacy`](crate::token::TokenEndpoint::Legacy) they invalidate each other's. If
//! your company has a service that hands out tokens, a
//! [`TokenSource`](crate::token::TokenSource) fetches them from there.
//! [Running many instances](crate::guide::many_instances) has the numbers, and a store in Redis.
//!
//! # Time
//!
//! By default a call ends within 30 s. If yours have less time, set a shorter limit, for the client or for
//! [some calls](crate::Client::with). The time that is left bounds each attempt and each pause.

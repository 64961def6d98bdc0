//! Coming from another SDK: what users of other crates look for, and where it is here.
//!
//! # From `aws-sdk-*`
//!
//! | there | here |
//! |---|---|
//! | `aws_config::load_from_env()` | nothing is read from the environment: [`Credentials::new`](crate::Credentials::new) with what your program has read |
//! | `Client::new(&config)`, `client.clone()` | [`Client::builder`](crate::Client::builder) and `build`; cloning is as cheap |
//! | `client.put_object().bucket(…).send().await` | `client.set_coupon_placement(&request).await`: the request is a value of its own, checked when it is [built](crate::SetCouponPlacement::builder), that can be sent again or kept |
//! | `SdkError<PutObjectError>` and its variants | one [`Error`](crate::Error): [`kind`](crate::Error::kind) instead of variants, [`code`](crate::Error::code) and [`class`](crate::Error::class) for what the service said |
//! | `error.meta().request_id()` | [`Error::rid`](crate::Error::rid) |
//! | `RetryConfig`, `TimeoutConfig` | [`RetryPolicy`](crate::retry::RetryPolicy), [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) and [`timeout`](crate::ClientBuilder::timeout) |
//! | `.customize().config_override(…)` | [`Client::with`](crate::Client::with) and [`CallOptions`](crate::CallOptions) |
//! | an interceptor that counts | an [`Observer`](crate::Observer), or [spans](crate::guide::telemetry) |
//! | `ProvideCredentials` | [`TokenSource`](crate::token::TokenSource) |
//! | `aws_smithy_mocks`, replayed connections | `testing::TestServer`: a real socket, the real rules, and faults |
//! | `DisplayErrorContext` | any printer of error chains: see [Errors](crate::guide::errors) |
//!
//! # From octocrab
//!
//! | there | here |
//! |---|---|
//! | `octocrab::instance()`, a static client | a [`Client`](crate::Client) in a static, or in your state: it may be used by any number of runtimes |
//! | `Octocrab::builder().personal_token(…)` | [`Client::builder`](crate::Client::builder) with [`Credentials`](crate::Credentials), or a fixed token by [`Auth::fixed`](crate::Auth::fixed) |
//! | `crab._get(…)`, raw routes | [`AnyOperation`](crate::AnyOperation): any operation by its name, JSON in and out |
//! | models with many `Option`s | what a description requires is no `Option`; enum values that are new are kept in `Unknown` |
//! | `octocrab::Error::GitHub` | [`ErrorKind::Api`](crate::ErrorKind::Api) |
//! | rate limits | [`ErrorKind::Throttled`](crate::ErrorKind::Throttled), and the client's own [quota of retries](crate::retry) |
//! | routes of your own | a description, and a `build.rs` of one line: `tests/other-api` in the repository |
//!
//! # From `WxJava` (or another SDK for WeChat)
//!
//! | there | here |
//! |---|---|
//! | `WxMpDefaultConfigImpl`, `setAppId`, `setSecret` | [`Credentials`](crate::Credentials) |
//! | `getAccessToken()`, `getAccessToken(true)` | nothing: tokens are fetched, shared, renewed and replaced [by the client](crate::token) |
//! | `WxMpRedisConfigImpl` | `token::RedisStore` with [`token_store`](crate::ClientBuilder::token_store): [many instances](crate::guide::many_instances) |
//! | `useStableAccessToken(true)` | the default: [`TokenEndpoint::Stable`](crate::token::TokenEndpoint::Stable) |
//! | `WxErrorException`, `getErrorCode()` | [`Error`](crate::Error), [`code`](crate::Error::code); the codes have [names](crate::ReturnCode) |
//! | `setMaxRetryTimes`, `setRetrySleepMillis` | [`RetryPolicy`](crate::retry::RetryPolicy): what is not idempotent is repeated only if it had no effect |
//! | `setHttpProxyHost` | `HTTPS_PROXY`, or an [`http_client`](crate::ClientBuilder::http_client) of yours |
//! | `setApiHostUrl` | [`host`](crate::ClientBuilder::host) for WeChat's hosts, [`base_url`](crate::ClientBuilder::base_url) for a gateway |
//! | `get(url, query)`, `post(url, body)` | [`AnyOperation`](crate::AnyOperation), or a description of your own |
//! | a time limit for each step | one for the [whole call](crate::ClientBuilder::timeout) as well |
//!
//! What none of them has: rules are checked before anything is sent, and
//! [`may_have_taken_effect`](crate::Error::may_have_taken_effect) says whether a failed call can have taken
//! effect.

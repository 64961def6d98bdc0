//! Scripting faults.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;

use super::endpoint::Endpoint;
use super::http::reason;
use super::log::Cut;
use super::script::{Answer, Effect, Fault};
use super::shared::Shared;

/// Scripts what happens to some of the calls to an endpoint: which calls, then how they go wrong.
///
/// From [`TestServer::fault`](super::TestServer::fault). It concerns the next call and no other,
/// unless [`on_call`](Self::on_call), [`times`](Self::times) or [`always`](Self::always) say
/// otherwise. The methods that end the script (`reply_…`, `cut_…`, [`hold`](Self::hold),
/// [`hang`](Self::hang)) put it into effect; any number of scripts can be, and where two concern
/// one call the earlier has its way.
///
/// A call that is answered with something else than the truth does not take effect on the server:
/// nothing is placed, no token is issued. One that is only delayed, cut off, or answered in an odd
/// wrapping does. [`carried_out`](Self::carried_out) and
/// [`not_carried_out`](Self::not_carried_out) say so when it should be the other way round.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use std::time::Duration;
/// use wechat_bizwifi::testing::{Endpoint, TestServer};
///
/// let server = TestServer::start().await?;
///
/// // The service is busy when the third coupon from now is placed.
/// server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(3).reply_code(-1);
///
/// // A gateway is down for the next two calls, whatever they are.
/// server.fault(Endpoint::ANY).times(2).reply_status(502);
///
/// // A coupon is placed, but nobody hears of it.
/// server.fault(Endpoint::SET_COUPON_PLACEMENT).cut_before_reply();
///
/// // Tokens take their time, from now on.
/// server.fault(Endpoint::STABLE_TOKEN).always().delay(Duration::from_secs(2)).reply_truly();
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "it has no effect until it is said how the calls go wrong"]
pub struct FaultBuilder<'a> {
    server: &'a Arc<Shared>,
    fault: Fault,
}

impl<'a> FaultBuilder<'a> {
    pub(super) fn new(server: &'a Arc<Shared>, endpoint: Endpoint) -> Self {
        let effect = Effect::default();
        Self { server, fault: Fault { endpoint, first: 1, times: Some(1), seen: 0, effect } }
    }
}

/// Which calls it concerns.
impl FaultBuilder<'_> {
    /// The call with this number, counted from 1 and from now on; with [`times`](Self::times), the
    /// first of several. 0 is taken as 1.
    pub fn on_call(mut self, number: u64) -> Self {
        self.fault.first = number.max(1);
        self
    }

    /// So many calls in a row.
    pub fn times(mut self, calls: u64) -> Self {
        self.fault.times = Some(calls);
        self
    }

    /// Every call from then on.
    pub fn always(mut self) -> Self {
        self.fault.times = None;
        self
    }
}

/// What comes with it.
impl FaultBuilder<'_> {
    /// Waits before the call is carried out and answered. This is real time, whatever the
    /// server's clock does.
    pub fn delay(mut self, time: Duration) -> Self {
        self.fault.effect.delay = time;
        self
    }

    /// Sends the reply's body a byte at a time, with this pause before each: a reply that has begun
    /// and does not end is what an attempt's time limit has to cope with. The pauses are real time.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    /// use wechat_bizwifi::retry::RetryPolicy;
    /// use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// use wechat_bizwifi::{ErrorKind, GetCouponPlacement};
    ///
    /// let server = TestServer::start().await?;
    /// let client = server
    ///     .client_builder()
    ///     .attempt_timeout(Duration::from_millis(100))
    ///     .retry(RetryPolicy::never())
    ///     .build()?;
    ///
    /// let pause = Duration::from_millis(40);
    /// server.fault(Endpoint::GET_COUPON_PLACEMENT).trickle(pause).reply_truly();
    ///
    /// let error = client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Timeout);
    /// # Ok(())
    /// # }
    /// ```
    pub fn trickle(mut self, pause: Duration) -> Self {
        self.fault.effect.trickle = Some(pause);
        self
    }

    /// Answers with this HTTP status.
    pub fn status(mut self, status: u16) -> Self {
        self.fault.effect.status = Some(status);
        self
    }

    /// Answers with this `Content-Type`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.fault.effect.content_type = Some(content_type.into());
        self
    }

    /// The message that goes with [`reply_code`](Self::reply_code); a request id follows it.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.fault.effect.message = Some(message.into());
        self
    }

    /// The call takes effect on the server, whatever it is answered.
    pub fn carried_out(mut self) -> Self {
        self.fault.effect.carried_out = Some(true);
        self
    }

    /// The call takes no effect on the server.
    pub fn not_carried_out(mut self) -> Self {
        self.fault.effect.carried_out = Some(false);
        self
    }
}

/// How it goes wrong. Each of these puts the script into effect.
impl FaultBuilder<'_> {
    /// Answers with this return code, in an envelope with the service's message for it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # let server = TestServer::start().await?;
    /// server.fault(Endpoint::STABLE_TOKEN).reply_code(40164);
    /// server.fault(Endpoint::GET_COUPON_PLACEMENT).message("come back later").reply_code(-1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_code(self, code: i64) {
        self.answer(Answer::Code(code));
    }

    /// Answers with this HTTP status and an HTML page that names it, as gateways do.
    pub fn reply_status(self, status: u16) {
        let name = reason(status);
        self.status(status).page(&format!("{status} {name}"));
    }

    /// Answers with an HTML page and status 200, as captive portals and proxies do.
    pub fn reply_html(self) {
        self.page("Please sign in to this network");
    }

    /// Answers with these bytes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # let server = TestServer::start().await?;
    /// server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body(r#"{"errcode":0,"data":"#);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_body(self, body: impl Into<Bytes>) {
        self.answer(Answer::Body(body.into()));
    }

    /// Answers with this JSON.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # let server = TestServer::start().await?;
    /// let reply = serde_json::json!({ "access_token": "T", "expires_in": -1 });
    /// server.fault(Endpoint::STABLE_TOKEN).reply_json(&reply);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_json(self, body: &serde_json::Value) {
        self.reply_body(body.to_string());
    }

    /// Answers with no body, under the content type that the service gives to such.
    pub fn reply_empty(self) {
        self.content_type_if_unset("text/html; charset=gbk").reply_body("");
    }

    /// Answers with bytes that are neither JSON nor UTF-8.
    pub fn reply_garbage(self) {
        self.reply_body(&b"\x00\xff\xfe\x80{]\xc3\x28\"\x1b[0m"[..]);
    }

    /// Answers with a body of so many bytes, which is JSON and says success.
    pub fn reply_huge(self, bytes: usize) {
        const SHELL: &str = r#"{"errcode":0,"padding":""}"#;
        let padding = "x".repeat(bytes.saturating_sub(SHELL.len()));
        self.reply_body(SHELL.replace("\"\"", &format!("\"{padding}\"")));
    }

    /// Answers truly, but with raw control characters in the strings, as the service does where it
    /// repeats names that people typed.
    pub fn reply_control_characters(self) {
        self.answer(Answer::Controls);
    }

    /// Answers truly: for what comes with it, such as a [`delay`](Self::delay), a
    /// [`trickle`](Self::trickle), a [`status`](Self::status) or a [`content_type`](Self::content_type).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # let server = TestServer::start().await?;
    /// server.fault(Endpoint::ANY).always().content_type("text/plain").reply_truly();
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_truly(self) {
        self.answer(Answer::Truth);
    }

    /// Closes the connection when the request has arrived and was carried out, without a reply.
    pub fn cut_before_reply(self) {
        self.cut(Cut::BeforeReply);
    }

    /// Closes the connection in the middle of the reply's body.
    pub fn cut_within_reply(self) {
        self.cut(Cut::WithinReply);
    }

    /// Closes the connection after the reply, without having announced it: the client's next
    /// request on it fails.
    pub fn cut_after_reply(self) {
        self.cut(Cut::AfterReply);
    }

    /// Answers truly, but not before the returned [`Gate`] is opened.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # let server = TestServer::start().await?;
    /// let gate = server.fault(Endpoint::STABLE_TOKEN).hold();
    /// // Start a thousand calls here: they all wait for the one token request, which waits in turn.
    /// gate.open();
    /// # Ok(())
    /// # }
    /// ```
    pub fn hold(mut self) -> Gate {
        let (open, gate) = watch::channel(false);
        self.fault.effect.gate = Some(gate);
        self.reply_truly();
        Gate(open)
    }

    /// Never answers, and keeps the connection open until the client gives up.
    pub fn hang(self) {
        let mut hanging = self;
        hanging.fault.effect.carried_out.get_or_insert(false);
        hanging.cut(Cut::NoReply);
    }

    fn cut(mut self, cut: Cut) {
        self.fault.effect.cut = Some(cut);
        self.reply_truly();
    }

    fn page(self, title: &str) {
        let page = format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1>\
             </center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        );
        self.content_type_if_unset("text/html").reply_body(page);
    }

    fn content_type_if_unset(mut self, content_type: &str) -> Self {
        self.fault.effect.content_type.get_or_insert_with(|| content_type.to_owned());
        self
    }

    fn answer(mut self, answer: Answer) {
        self.fault.effect.answer = answer;
        self.server.add_fault(self.fault);
    }
}

/// Keeps calls waiting that a test [holds](FaultBuilder::hold).
///
/// It opens when it is dropped, so that a test which fails does not wait for ever.
#[must_use = "it opens when it is dropped"]
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// Lets the calls that wait here, and those that come later, be answered.
    pub fn open(self) {
        // Dropping it does.
        drop(self);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Gate(closed)")
    }
}

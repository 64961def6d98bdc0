//! The tokio runtime that a call runs in.

use tokio::runtime::Handle;

use crate::error::Error;

/// The runtime of the call. The caller may have forgotten to start one.
pub(crate) fn current() -> Result<Handle, Error> {
    Handle::try_current().map_err(|_| {
        Error::config(
            "the client has to be used within a tokio runtime: call it from `#[tokio::main]` or \
             `Runtime::block_on`, or use `blocking::Client`, with the feature `blocking`",
        )
    })
}

/// Lets the runtime look at its sockets.
///
/// A runtime of one thread that is driven during calls only does not see what happened in between,
/// such as a connection that the server closed. After this it has seen it.
pub(crate) async fn catch_up(runtime: &Handle) {
    // A task of the runtime's own: the call may be polled by something else, such as the blocking
    // client, or an executor within a task, and then a `yield_now` here would yield to nobody. A
    // runtime that is about to end drops the task, and that is no concern of this.
    let _ = runtime.spawn(tokio::task::yield_now()).await;
}

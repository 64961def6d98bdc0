//! The tokio runtime that a call runs in.

use std::pin::Pin;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::error::Error;

/// A future of any type that returns a `T`.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Starts a task. All tasks are of one type, since a program has a copy of much of tokio for each;
/// to box a future without data allocates nothing.
pub(crate) fn spawn(runtime: &Handle, work: Boxed<'static, ()>) -> JoinHandle<()> {
    runtime.spawn(work)
}

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
    // A task of the runtime: the call may be polled by something else, such as the blocking client, or
    // an executor within a task, and then a `yield_now` here would not reach the runtime. A runtime
    // that is about to end drops the task, which does no harm here.
    let _ = spawn(runtime, Box::pin(tokio::task::yield_now())).await;
}

#[cfg(test)]
pub(crate) mod by_hand {
    //! A runtime without sockets and timers, whose tasks run when a test polls something.

    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use tokio::runtime::{Builder, Runtime};

    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().build().unwrap();
    }

    /// Polls a future, and again while tasks that it waits for go on.
    pub(crate) fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
        poll_times(10, future)
    }

    /// The output of a future that waits only for tasks and for pauses of no length.
    pub(crate) fn now<F: Future>(future: F) -> F::Output {
        match poll_times(1000, &mut pin!(future)) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("it waits for something"),
        }
    }

    fn poll_times<F: Future + Unpin>(times: u32, future: &mut F) -> Poll<F::Output> {
        let mut cx = Context::from_waker(Waker::noop());
        RUNTIME.with(|runtime| {
            for _ in 0..times {
                let entered = runtime.enter();
                if let Poll::Ready(output) = Pin::new(&mut *future).poll(&mut cx) {
                    return Poll::Ready(output);
                }
                drop(entered);
                runtime.block_on(tokio::task::yield_now());
            }
            Poll::Pending
        })
    }
}

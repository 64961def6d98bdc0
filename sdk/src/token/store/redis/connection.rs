//! The connection: ours, or one that the user brings along.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, RedisResult, ScriptInvocation, Value};
use tokio::runtime::Handle;

type Answer<'a> = Pin<Box<dyn Future<Output = RedisResult<Value>> + Send + 'a>>;

pub(super) trait Connection: Send + Sync {
    fn run<'a>(&'a self, script: &'a ScriptInvocation<'a>) -> Answer<'a>;
}

/// One that the user brings along.
pub(super) struct Given<C>(pub(super) C);

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Connection for Given<C> {
    fn run<'a>(&'a self, script: &'a ScriptInvocation<'a>) -> Answer<'a> {
        let mut connection = self.0.clone();
        Box::pin(async move { script.invoke_async(&mut connection).await })
    }
}

/// One that is made when it is first used, and that brings itself back.
pub(super) struct Managed {
    client: Client,
    timeout: Duration,
    manager: Mutex<Option<ConnectionManager>>,
}

impl Managed {
    pub(super) fn new(client: Client, timeout: Duration) -> Self {
        Self { client, timeout, manager: Mutex::default() }
    }

    /// The manager begins a task, which takes a runtime: a call has one, the program that builds the
    /// store may not.
    fn manager(&self) -> RedisResult<ConnectionManager> {
        let mut manager = self.manager.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(manager) = &*manager {
            return Ok(manager.clone());
        }
        Handle::try_current().map_err(|_| no_runtime())?;
        let made = ConnectionManager::new_lazy_with_config(self.client.clone(), self.config())?;
        Ok(manager.insert(made).clone())
    }

    /// Whoever asks has a limit of time and another way to a token: better no answer than a late
    /// one.
    fn config(&self) -> ConnectionManagerConfig {
        ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_min_delay(Duration::from_millis(10))
            .set_max_delay(Duration::from_millis(100))
            .set_connection_timeout(Some(self.timeout))
            .set_response_timeout(Some(self.timeout))
    }
}

impl Connection for Managed {
    fn run<'a>(&'a self, script: &'a ScriptInvocation<'a>) -> Answer<'a> {
        Box::pin(async move { script.invoke_async(&mut self.manager()?).await })
    }
}

fn no_runtime() -> RedisError {
    (redis::ErrorKind::Client, "a tokio runtime is needed").into()
}

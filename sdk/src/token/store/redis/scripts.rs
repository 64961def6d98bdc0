//! Scripts that Redis runs in one step. Each one names all its keys, so it runs in a cluster too.
//!
//! A key may hold a value of another type, by accident or malice: then it counts as absent.

use redis::{Script, ScriptInvocation};

/// The time to live that Redis returns for a key that is absent.
pub(super) const NOTHING: i64 = -2;

/// For a value that is not a string the time to live is -3, which no key has.
const LOAD: &str = r"
local found = redis.pcall('GET', KEYS[1])
if type(found) == 'table' then return {'', -3} end
if not found then return {'', -2} end
return {found, redis.call('PTTL', KEYS[1])}
";

/// A lock without an expiry counts as free: another program wrote it, or removed its expiry.
///
/// Fencing values follow Redis's clock in microseconds, so that they still grow after Redis has lost
/// all its data.
const LOCK: &str = r"
if redis.call('PTTL', KEYS[1]) >= 0 then return false end
local time = redis.call('TIME')
local fence = time[1] * 1000000 + time[2]
local last = redis.pcall('GET', KEYS[2])
last = type(last) == 'string' and tonumber(last)
if last and last >= fence and last < 9e15 then fence = last + 1 end
fence = string.format('%.0f', fence)
redis.call('SET', KEYS[2], fence, 'PX', 86400000)
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence
";

/// If the last fencing value is absent, Redis has lost all its data: then any token is better than none.
const SAVE: &str = r"
local last = redis.pcall('GET', KEYS[2])
if last and last ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if redis.pcall('GET', KEYS[3]) == ARGV[1] then redis.call('DEL', KEYS[3]) end
return 1
";

const DELETE_IF: &str = r"
if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
";

pub(super) struct Scripts {
    load: Script,
    lock: Script,
    save: Script,
    delete_if: Script,
}

impl Default for Scripts {
    fn default() -> Self {
        let [load, lock, save, delete_if] = [LOAD, LOCK, SAVE, DELETE_IF].map(Script::new);
        Self { load, lock, save, delete_if }
    }
}

impl Scripts {
    /// Answers with the record and its life in milliseconds.
    pub(super) fn load(&self, token: &str) -> ScriptInvocation<'_> {
        self.load.key(token)
    }

    /// Answers with the fencing value, if the lock was free.
    pub(super) fn lock(&self, [lock, fence]: &[String; 2], life: u64) -> ScriptInvocation<'_> {
        let mut script = self.lock.key(lock);
        script.key(fence).arg(life);
        script
    }

    /// Answers with 1 if the record was kept.
    pub(super) fn save(
        &self,
        [token, fence, lock]: &[String; 3],
        number: u64,
        record: &[u8],
        life: u64,
    ) -> ScriptInvocation<'_> {
        let mut script = self.save.key(token);
        script.key(fence).key(lock).arg(number.to_string()).arg(record).arg(life);
        script
    }

    pub(super) fn unlock(&self, lock: &str, number: u64) -> ScriptInvocation<'_> {
        self.forget(lock, number.to_string().as_bytes())
    }

    /// Deletes a key if this is what it holds.
    pub(super) fn forget(&self, key: &str, bytes: &[u8]) -> ScriptInvocation<'_> {
        let mut script = self.delete_if.key(key);
        script.arg(bytes);
        script
    }
}

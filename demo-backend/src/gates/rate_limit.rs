//! The rate limit: actions of a profile, in any minute.
//!
//! A profile has a minute's actions at hand, and gets each one back after its part of a minute: by `governor`, whose clock
//! is the monotonic one. The clock on the wall is asked once, at the start, for how long ago the last run ended; whatever it
//! says, a profile waits a minute at most.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use observed_runtime::{context, observed};

use crate::outcome::{Denial, PipelineError, Refusal};
use crate::rules::{Profile, Rules};
use crate::store::{Store, StoreError, Used, unix_ms};

const MINUTE: Duration = Duration::from_mins(1);

/// The limits of all profiles that have one.
#[derive(Debug)]
pub struct Rates(HashMap<String, Limiter<DefaultClock>>);

impl Rates {
    /// Makes the limits that the rules name, with what was used before a restart.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn new(rules: &Rules, store: &Store) -> Result<Self, StoreError> {
        let mut limiters = HashMap::new();
        for profile in rules.profiles() {
            if let Some(limit) = profile.rate_per_minute {
                let limiter = Limiter::new(limit, DefaultClock::default());
                if let Some(used) = store.used(&profile.name)? {
                    limiter.resume(used, unix_ms());
                }
                limiters.insert(profile.name.clone(), limiter);
            }
        }
        Ok(Self(limiters))
    }
}

/// The limit of one profile.
#[derive(Debug)]
struct Limiter<C: Clock> {
    per_minute: NonZeroU32,
    clock: C,
    state: RateLimiter<NotKeyed, InMemoryState, C, StateInformationMiddleware>,
}

impl<C: Clock + Clone> Limiter<C> {
    fn new(per_minute: NonZeroU32, clock: C) -> Self {
        let quota = Quota::per_minute(per_minute);
        let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
        Self {
            per_minute,
            clock,
            state: limiter.with_middleware(),
        }
    }

    /// Takes `actions`, and returns how many of a minute's are used then; or how long to wait, and nothing where no time
    /// would do.
    fn take(&self, actions: NonZeroU32) -> Result<u32, Option<Duration>> {
        match self.state.check_n(actions) {
            Ok(Ok(left)) => Ok(self.per_minute.get() - left.remaining_burst_capacity()),
            Ok(Err(until)) => Err(Some(until.wait_time_from(self.clock.now()))),
            Err(_) => Err(None),
        }
    }

    /// Goes on after a restart. What the clock says is bounded: one that was set back gives nothing back, and one that was
    /// set forward a minute's actions.
    fn resume(&self, used: Used, now_unix_ms: u64) {
        let minute = MINUTE.as_millis() as u64;
        let passed = now_unix_ms.saturating_sub(used.unix_ms).min(minute);
        let back = u64::from(self.per_minute.get()) * passed / minute;
        let left = u64::from(used.actions.min(self.per_minute.get())).saturating_sub(back);
        if let Some(left) = NonZeroU32::new(left as u32) {
            let _ = self.state.check_n(left);
        }
    }
}

/// Checks that the profile has not used up its actions of a minute; each that the request contains is one.
pub(super) async fn gate_rate_limit(
    rates: &Rates,
    store: &Store,
    profile: &Profile,
    actions: NonZeroU32,
) -> Result<(), Refusal> {
    let per_minute = profile.rate_per_minute.map(NonZeroU32::get);
    match count_actions(rates, store, &profile.name, per_minute, actions).await? {
        Ok(()) => Ok(()),
        Err(None) => Err(Denial::new("rate_limit", "more_than_a_minute_has").into()),
        Err(Some(wait)) => Err(Denial {
            retry_after: Some(wait),
            ..Denial::new("rate_limit", "exceeded")
        }
        .into()),
    }
}

/// Counts the actions, writes the count on the thread pool, and returns whether they are within the limit.
///
/// The span is here and not around the gate: an `Err` fails a span, and a denial is not a failure.
#[observed(
    name = "gate_rate_limit",
    scope = "gates",
    err = error.code(),
    attrs(gate = "rate_limit", limit.per_minute = per_minute)
)]
async fn count_actions(
    rates: &Rates,
    store: &Store,
    profile: &str,
    per_minute: Option<u32>,
    actions: NonZeroU32,
) -> Result<Result<(), Option<Duration>>, PipelineError> {
    let Some(limiter) = rates.0.get(profile) else {
        return Ok(Ok(()));
    };
    let used = match limiter.take(actions) {
        Ok(used) => used,
        Err(wait) => return Ok(Err(wait)),
    };
    let (store, name) = (store.clone(), profile.to_owned());
    let writing = context::wrap(move || store.write_used(&name, Used::now(used)));
    match tokio::task::spawn_blocking(writing).await {
        Ok(Ok(())) => Ok(Ok(())),
        Ok(Err(error)) => {
            log::error!("{error}");
            Err(PipelineError::Storage)
        }
        Err(_) => Err(PipelineError::Storage),
    }
}

#[cfg(test)]
mod tests;

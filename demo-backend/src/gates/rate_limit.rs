//! The rate limit: requests of a profile in a minute, counted in the database.

use std::time::{SystemTime, UNIX_EPOCH};

use observed_runtime::{context, observed};

use crate::outcome::{Denial, PipelineError, Refusal};
use crate::rules::Profile;
use crate::store::Store;

/// Checks that the profile has not used up this minute's requests.
pub(super) async fn gate_rate_limit(store: &Store, profile: &Profile) -> Result<(), Refusal> {
    if count_request(store, profile).await? {
        return Ok(());
    }
    Err(Refusal::Denied(Denial {
        gate: "rate_limit",
        reason: "exceeded",
    }))
}

/// Counts the request on the thread pool, and returns whether it is within the limit.
///
/// The span is here and not around the gate: an `Err` fails a span, and a denial is not a failure.
#[observed(
    name = "gate_rate_limit",
    scope = "gates",
    err = error.code(),
    attrs(gate = "rate_limit", limit.per_minute = profile.rate_per_minute)
)]
async fn count_request(store: &Store, profile: &Profile) -> Result<bool, PipelineError> {
    let Some(limit) = profile.rate_per_minute else {
        return Ok(true);
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let minute = now.unwrap_or_default().as_secs() / 60;
    let (store, name) = (store.clone(), profile.name.clone());
    let counting = context::wrap(move || store.count_request(&name, minute));
    match tokio::task::spawn_blocking(counting).await {
        Ok(Ok(count)) => Ok(count <= limit),
        Ok(Err(error)) => {
            log::error!("{error}");
            Err(PipelineError::Storage)
        }
        Err(_) => Err(PipelineError::Storage),
    }
}

//! How often it is asked.

use std::time::{SystemTime, UNIX_EPOCH};

use observed_runtime::{context, observed};

use crate::outcome::Denial;
use crate::outcome::PipelineError;
use crate::rules::Profile;
use crate::state::App;

/// The profile has not used up this minute's requests; the database is asked on the thread pool.
#[observed(
    name = "gate_rate_limit",
    scope = "gates",
    err = error.code(),
    attrs(gate = "rate_limit", limit.per_minute = profile.rate_per_minute)
)]
pub(super) async fn gate_rate_limit(
    app: &App,
    profile: &Profile,
) -> Result<Result<(), Denial>, PipelineError> {
    let Some(limit) = profile.rate_per_minute else {
        return Ok(Ok(()));
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let minute = now.unwrap_or_default().as_secs() / 60;
    let (store, name) = (app.store.clone(), profile.name.clone());
    let counting = context::wrap(move || store.count_request(&name, minute));
    match tokio::task::spawn_blocking(counting).await {
        Ok(Ok(count)) if count <= limit => Ok(Ok(())),
        Ok(Ok(_)) => Ok(Err(Denial {
            gate: "rate_limit",
            reason: "exceeded",
        })),
        Ok(Err(error)) => {
            log::error!("{error}");
            Err(PipelineError::Storage)
        }
        Err(_) => Err(PipelineError::Storage),
    }
}

//! The gate engine: every request passes all gates, in order, and the first that denies ends it.

mod action;
mod checks;
mod rate_limit;

use observed_runtime::{observed, observed_record};

pub use rate_limit::Rates;

use crate::limits::Limits;
use crate::outcome::{Denial, PipelineError, Refusal};
use crate::registry::Action;
use crate::request::Call;
use crate::rules::{Profile, Rules};
use crate::store::Store;

/// The decision of the gates.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// The request may run this action, on behalf of this profile.
    Allow(&'static Action, &'a Profile),
    /// A gate denied it.
    Deny(Denial),
}

/// Asks the gates in order. A denial is a decision and fails no span.
///
/// # Errors
/// When the database that counts requests cannot be written.
#[observed(
    name = "gate_evaluation",
    scope = "gates",
    err = error.code(),
    late(decision: text, reason: text)
)]
pub async fn evaluate<'a>(
    rules: &'a Rules,
    rates: &Rates,
    store: &Store,
    limits: Limits,
    call: &Call,
) -> Result<Decision<'a>, PipelineError> {
    match ask_all(rules, rates, store, limits, call).await {
        Ok((action, profile)) => {
            observed_record!(decision = "allow");
            Ok(Decision::Allow(action, profile))
        }
        Err(Refusal::Denied(denial)) => {
            observed_record!(decision = "deny", reason = public_static(denial.reason));
            Ok(Decision::Deny(denial))
        }
        Err(Refusal::Failed(error)) => Err(error),
    }
}

async fn ask_all<'a>(
    rules: &'a Rules,
    rates: &Rates,
    store: &Store,
    limits: Limits,
    call: &Call,
) -> Result<(&'static Action, &'a Profile), Refusal> {
    let profile = checks::gate_caller(rules, call)?;
    checks::gate_time_window(profile)?;
    let (action, actions) = action::gate_action(profile, limits, call)?;
    checks::gate_context(profile, &call.request.context_id)?;
    checks::gate_payload(profile, &call.request.payload)?;
    rate_limit::gate_rate_limit(rates, store, profile, actions).await?;
    Ok((action, profile))
}

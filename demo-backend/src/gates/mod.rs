//! The gate engine: every request passes all gates, in order, and the first that denies ends it.

mod action;
mod caller;
mod context;
mod payload;
mod rate_limit;
mod time_window;

use observed_runtime::observed;

use crate::outcome::{Denial, PipelineError};
use crate::registry::Action;
use crate::request::Call;
use crate::rules::Profile;
use crate::state::App;

/// What the gates said.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// The request may run this action, on behalf of this profile.
    Allow(&'static Action, &'a Profile),
    /// A gate denied it.
    Deny(Denial),
}

/// Asks the gates in order.
///
/// # Errors
/// When the database that counts requests cannot be written.
#[observed(
    name = "gate_evaluation",
    scope = "gates",
    err = error.code(),
    late(decision: public(str), reason: public(str))
)]
pub async fn evaluate<'a>(app: &'a App, call: &Call) -> Result<Decision<'a>, PipelineError> {
    match ask_all(app, call).await? {
        Ok((action, profile)) => {
            decision.set("allow");
            Ok(Decision::Allow(action, profile))
        }
        Err(denial) => {
            decision.set("deny");
            reason.set(denial.reason);
            Ok(Decision::Deny(denial))
        }
    }
}

type Allowed<'a> = (&'static Action, &'a Profile);

async fn ask_all<'a>(
    app: &'a App,
    call: &Call,
) -> Result<Result<Allowed<'a>, Denial>, PipelineError> {
    let passed = (|| {
        let profile = caller::gate_caller(&app.rules, call)?;
        time_window::gate_time_window(profile)?;
        let action = action::gate_action(profile, call)?;
        context::gate_context(profile, &call.request.context_id)?;
        payload::gate_payload(profile, &call.request.payload)?;
        Ok((action, profile))
    })();
    match passed {
        Err(denial) => Ok(Err(denial)),
        Ok((action, profile)) => {
            let within = rate_limit::gate_rate_limit(app, profile).await?;
            Ok(within.map(|()| (action, profile)))
        }
    }
}

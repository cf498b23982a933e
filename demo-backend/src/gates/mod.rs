//! The gate engine: every request passes all gates, in order, and the first that denies ends it.

use observed_runtime::observed;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::entry::process::Call;
use crate::registry::{self, Action};

/// What the gates said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The request may run this action.
    Allow(&'static Action),
    /// This gate denied it.
    Deny(&'static str),
}

/// Asks the gates in order.
#[observed(name = "gate_evaluation")]
pub fn evaluate(app: &App, call: &Call) -> Decision {
    if !gate_caller(app, call) {
        return Decision::Deny("api_key");
    }
    let Some(action) = gate_action(&call.request.action) else {
        return Decision::Deny("action");
    };
    if !gate_context(&call.request.context_id) {
        return Decision::Deny("context");
    }
    if !gate_payload_shape(&call.request.payload) {
        return Decision::Deny("payload_shape");
    }
    Decision::Allow(action)
}

/// The key is the one that the service was given; compared in constant time.
#[observed(name = "gate_caller", attrs(gate = "caller"))]
fn gate_caller(app: &App, call: &Call) -> bool {
    call.api_key
        .as_ref()
        .is_some_and(|sent| app.api_key.as_bytes().ct_eq(sent.as_bytes()).into())
}

/// The action is in the registry.
#[observed(name = "gate_action", attrs(gate = "action"))]
fn gate_action(name: &str) -> Option<&'static Action> {
    registry::action(name)
}

/// The context is in the registry and active.
#[observed(name = "gate_context", attrs(gate = "context"))]
fn gate_context(id: &str) -> bool {
    registry::context(id).is_some_and(|context| context.active)
}

/// The payload is an object.
#[observed(name = "gate_payload_shape", attrs(gate = "payload_shape"))]
fn gate_payload_shape(#[pii] payload: &serde_json::Value) -> bool {
    payload.is_object()
}

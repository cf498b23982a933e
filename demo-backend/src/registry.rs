//! The actions and contexts that the service knows.
//!
//! Text from a client is compared with this registry; spans carry the registry's own text, never the client's.

/// An action that clients may ask for.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// Its name on the wire.
    pub name: &'static str,
    /// The executor that runs it.
    pub executor_id: &'static str,
    /// The version of that executor.
    pub executor_version: u32,
    /// A field that its payload must have.
    pub required_field: Option<&'static str>,
}

/// A context in which actions run.
#[derive(Debug, PartialEq, Eq)]
pub struct Context {
    /// Its identifier on the wire.
    pub id: &'static str,
    /// Whether it accepts requests.
    pub active: bool,
}

/// The scopes of this service's annotations, which an operator switches.
pub const SCOPES: [&str; 3] = ["gates", "pipeline", "executors"];

/// The text in a span for text that the registry does not know.
pub const UNKNOWN: &str = "unknown";

static ACTIONS: &[Action] = &[
    Action {
        name: "summarize_text",
        executor_id: "test_executor_v1",
        executor_version: 1,
        required_field: Some("text"),
    },
    Action {
        name: "always_fail",
        executor_id: "failing_executor_v1",
        executor_version: 1,
        required_field: None,
    },
    Action {
        name: "slow_report",
        executor_id: "slow_executor_v1",
        executor_version: 1,
        required_field: None,
    },
    Action {
        name: "combine",
        executor_id: "composite_executor_v1",
        executor_version: 1,
        required_field: Some("steps"),
    },
    Action {
        name: "complete_text",
        executor_id: "llm_executor_v1",
        executor_version: 1,
        required_field: Some("prompt"),
    },
    Action {
        name: "forward",
        executor_id: "remote_executor_v1",
        executor_version: 1,
        required_field: Some("action"),
    },
];

static CONTEXTS: &[Context] = &[
    Context {
        id: "ctx-production",
        active: true,
    },
    Context {
        id: "ctx-archived",
        active: false,
    },
];

/// Returns the action of this name.
#[must_use]
pub fn action(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// Returns the context of this identifier.
#[must_use]
pub fn context(id: &str) -> Option<&'static Context> {
    CONTEXTS.iter().find(|context| context.id == id)
}

/// Returns the action's name as a span may carry it.
#[must_use]
pub fn action_label(name: &str) -> &'static str {
    action(name).map_or(UNKNOWN, |action| action.name)
}

/// Returns the context's identifier as a span may carry it.
#[must_use]
pub fn context_label(id: &str) -> &'static str {
    context(id).map_or(UNKNOWN, |context| context.id)
}

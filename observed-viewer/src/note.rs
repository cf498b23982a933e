//! What a person is told beside a trace.

use serde::{Serialize, Serializer};

use opentelemetry::TraceId;

/// A title and a text beside a trace, or beside none: what was asked and what was answered.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// The trace that it is about; none where there is no span.
    #[serde(serialize_with = "digits")]
    pub trace: Option<TraceId>,
    /// Shown in the list.
    pub title: String,
    /// Shown above the trace.
    pub text: String,
}

#[expect(clippy::ref_option, reason = "serde passes a reference")]
fn digits<S: Serializer>(id: &Option<TraceId>, serializer: S) -> Result<S::Ok, S::Error> {
    id.map(|id| id.to_string()).serialize(serializer)
}

//! Log lines of `tracing_subscriber` with the ids of the observed span around them.

use std::fmt;

use observed_runtime::context::{self, Ids};
use tracing_core::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// A formatter whose lines inside an observed span carry `trace_id`, `span_id` and `trace_flags`.
///
/// The names are those of the OpenTelemetry log data model for logs that are not OTLP. A line outside of every span, or
/// written while nothing is recorded in this process, is what the wrapped formatter makes of it, byte for byte. In a trace
/// that was decided not to be recorded a line has ids and `trace_flags=00`: the lines of one request belong together by
/// their trace, here and in the services that it calls.
///
/// Before and after:
///
/// ```text
///  INFO shop: priced order.lines=2
///  INFO shop: priced order.lines=2 trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 trace_flags=01
/// ```
///
/// ```
/// use observed_tracing::WithIds;
/// use tracing_subscriber::fmt::format;
///
/// let subscriber = tracing_subscriber::fmt()
///     .event_format(WithIds::text(format()))
///     .finish();
/// # drop(subscriber);
/// ```
#[derive(Clone, Debug)]
pub struct WithIds<F> {
    format: F,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Json,
}

impl<F> WithIds<F> {
    /// Wraps a formatter of text: full, compact, pretty or one's own.
    ///
    /// The ids stand behind the line, before its end. Where the subscriber paints its lines, they stand before it: what
    /// was painted cannot be taken apart again. A format that paints by itself (`format().with_ansi(true)`) keeps them
    /// behind.
    #[must_use]
    pub fn text(format: F) -> Self {
        Self {
            format,
            shape: Shape::Text,
        }
    }

    /// Wraps a formatter that writes one JSON object a line; the ids are the first members of the object.
    ///
    /// A line that is no object is treated as text.
    ///
    /// ```
    /// use observed_tracing::WithIds;
    /// use tracing_subscriber::fmt::format;
    ///
    /// let subscriber = tracing_subscriber::fmt()
    ///     .json()
    ///     .event_format(WithIds::json(format().json()))
    ///     .finish();
    /// # drop(subscriber);
    /// ```
    #[must_use]
    pub fn json(format: F) -> Self {
        Self {
            format,
            shape: Shape::Json,
        }
    }
}

impl<S, N, F> FormatEvent<S, N> for WithIds<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let Some(ids) = context::ids() else {
            return self.format.format_event(context, writer, event);
        };
        if self.shape == Shape::Text && writer.has_ansi_escapes() {
            write!(writer, "{ids} ")?;
            return self.format.format_event(context, writer, event);
        }
        let mut line = String::new();
        self.format
            .format_event(context, Writer::new(&mut line), event)?;
        match line.strip_prefix('{') {
            Some(members) if self.shape == Shape::Json => write_object(&ids, members, writer),
            _ => write_text(&ids, &line, writer),
        }
    }
}

/// `members` is the object without its first brace.
fn write_object(ids: &Ids, members: &str, mut writer: Writer<'_>) -> fmt::Result {
    let [trace, span, flags] = Ids::NAMES;
    write!(
        writer,
        r#"{{"{trace}":"{}","{span}":"{}","{flags}":"{}""#,
        ids.trace_id, ids.span_id, ids.trace_flags
    )?;
    if !members.trim_start().starts_with('}') {
        writer.write_char(',')?;
    }
    writer.write_str(members)
}

fn write_text(ids: &Ids, line: &str, mut writer: Writer<'_>) -> fmt::Result {
    let text = line.trim_end_matches(['\r', '\n']);
    let end = line.get(text.len()..).unwrap_or_default();
    let space = if text.is_empty() { "" } else { " " };
    write!(writer, "{text}{space}{ids}{end}")
}

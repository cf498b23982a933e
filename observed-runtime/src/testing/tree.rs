//! Captured spans as indented text, so that a failed comparison can be read.

use std::fmt::Write;

use super::{Capture, CapturedSpan, CapturedStatus, CapturedValue};
use crate::record::site::Kind;

impl Capture {
    /// The spans as an indented tree: name, kind, attributes, status; two spaces per level, `!` before an event.
    #[must_use]
    pub fn tree(&self) -> String {
        let mut text = String::new();
        let mut stack: Vec<(&CapturedSpan, usize)> = Vec::new();
        stack.extend(
            self.spans
                .iter()
                .rev()
                .filter(|span| self.parent_of(span).is_none())
                .map(|span| (span, 0)),
        );
        while let Some((span, level)) = stack.pop() {
            write_span(span, level, &mut text);
            let children = self
                .spans
                .iter()
                .rev()
                .filter(|child| child.parent == span.span_id);
            stack.extend(children.map(|child| (child, level + 1)));
        }
        text
    }

    /// The only span of this name, if there is exactly one.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<&CapturedSpan> {
        let mut named = self.spans.iter().filter(|span| span.name == name);
        named.next().filter(|_| named.next().is_none())
    }

    fn parent_of(&self, span: &CapturedSpan) -> Option<&CapturedSpan> {
        self.spans
            .iter()
            .find(|parent| parent.span_id == span.parent)
    }
}

fn write_span(span: &CapturedSpan, level: usize, text: &mut String) {
    let _ = write!(text, "{:width$}{}", "", span.name, width = level * 2);
    if span.kind != Kind::Internal {
        let _ = write!(text, " ({})", format!("{:?}", span.kind).to_lowercase());
    }
    write_attributes(&span.attributes, text);
    let _ = match span.status {
        CapturedStatus::Unset => Ok(()),
        CapturedStatus::Error(error_type) => write!(text, " ERROR {error_type}"),
        CapturedStatus::Cancelled => write!(text, " CANCELLED"),
    };
    text.push('\n');
    for event in &span.events {
        let _ = write!(
            text,
            "{:width$}! {}",
            "",
            event.name,
            width = (level + 1) * 2
        );
        write_attributes(&event.attributes, text);
        text.push('\n');
    }
}

fn write_attributes(attributes: &[(&'static str, CapturedValue)], text: &mut String) {
    for (key, value) in attributes {
        let _ = match value {
            CapturedValue::Bool(value) => write!(text, " {key}={value}"),
            CapturedValue::Int(value) => write!(text, " {key}={value}"),
            CapturedValue::Float(value) => write!(text, " {key}={value}"),
            CapturedValue::Text(value) => write!(text, " {key}={value:?}"),
            CapturedValue::Bools(values) => write!(text, " {key}={values:?}"),
            CapturedValue::Ints(values) => write!(text, " {key}={values:?}"),
            CapturedValue::Floats(values) => write!(text, " {key}={values:?}"),
            CapturedValue::Texts(values) => write!(text, " {key}={values:?}"),
        };
    }
}

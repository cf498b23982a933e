//! The kind of what is recorded under a name of the dictionary: as the expression shows it, else as its type is asked.

use syn::{Expr, Lit};

use crate::Rule;
use crate::dictionary::Hit;
use crate::model::{Reading, Suspicion, ValueKind};

/// What an expression shows of the kind of its value.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    Text,
    /// Static text: a literal, a code.
    Name,
    /// A number of things.
    Count,
    /// The type knows.
    Nothing,
}

impl Shown {
    pub(super) fn of(value: &Expr, reading: Reading) -> Self {
        match (reading, value) {
            (Reading::Public | Reading::PublicDisplay, _) => Self::Text,
            (Reading::PublicStatic, _) => Self::Name,
            (Reading::Plain, Expr::Lit(literal)) if matches!(literal.lit, Lit::Str(_)) => {
                Self::Name
            }
            _ if is_count(value) => Self::Count,
            _ => Self::Nothing,
        }
    }

    pub(super) fn may_leave(self, hit: &Hit) -> bool {
        match self {
            Self::Count => true,
            Self::Name => hit.is_text() || !hit.is_special(),
            Self::Text => false,
            Self::Nothing => hit.is_vague() || hit.is_text(),
        }
    }
}

fn is_count(value: &Expr) -> bool {
    match value {
        Expr::MethodCall(call) => {
            call.args.is_empty() && (call.method == "len" || call.method == "count")
        }
        Expr::Cast(it) => is_count(&it.expr),
        Expr::Paren(it) => is_count(&it.expr),
        Expr::Group(it) => is_count(&it.expr),
        Expr::Reference(it) => is_count(&it.expr),
        _ => false,
    }
}

/// The kinds that may stand behind such a name.
pub(super) fn kinds(hit: &Hit) -> Vec<ValueKind> {
    let mut kinds = Vec::new();
    // Since when somebody lives is a span of time, too.
    if !hit.is_time {
        kinds.push(ValueKind::Elapsed);
    }
    if !hit.is_special() {
        kinds.extend([ValueKind::Flag, ValueKind::Name]);
    }
    if hit.is_measured {
        kinds.push(ValueKind::Number);
    }
    kinds
}

pub(super) fn suspicion(name: &str, hit: &Hit) -> Suspicion {
    let (refused, recorded) = match (hit.is_special(), hit.is_measured) {
        _ if hit.is_time => (
            "a number or a duration",
            "flags, enums and counts (`.len()`, `.count()`) are recorded under such a name",
        ),
        (true, _) => (
            "a value",
            "of such data a flag or an enum tells as much; durations and counts (`.len()`, `.count()`) are recorded",
        ),
        (false, true) => (
            "a text",
            "flags, durations, enums and numbers are recorded under such a name",
        ),
        (false, false) => (
            "a number",
            "flags, durations, enums and counts (`.len()`, `.count()`) are recorded under such a name",
        ),
    };
    let word = hit.words.replace(' ', "_");
    let unit = if hit.is_time { "" } else { ", _ms" };
    Suspicion {
        message: format!(
            "`{name}` stands for {} (\"{}\" in the dictionary), and {refused} under that name may be it [{}]",
            hit.group,
            hit.words,
            Rule::PersonalName.id()
        ),
        label: format!("{refused} under the name `{name}`"),
        notes: [
            recorded.to_owned(),
            format!(
                "a measure says so in its key: {word}_count, _size{unit}; if it is no personal data, say why: \
                 not_pii(expression, \"the reason\")"
            ),
        ],
        kinds: kinds(hit),
    }
}

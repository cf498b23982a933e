//! The `tracestate` of a request: which lists are valid, and how much of one is carried on (W3C Trace Context Level 2,
//! section 3.3).
//!
//! A malformed list is dropped whole, because nobody can say which of its members can be trusted. Of a valid one up to 32
//! members and 512 characters are kept, whole members, so that a caller cannot make this service carry more for each span.

#[cfg(feature = "enable")]
mod opentelemetry;
#[cfg(any(feature = "http", feature = "otel-context"))]
mod read;

use std::borrow::Cow;
use std::sync::Arc;

use super::threshold::Threshold;
#[cfg(any(feature = "http", feature = "otel-context"))]
pub(crate) use read::read;

const MOST_MEMBERS: usize = 32;
const MOST_CHARACTERS: usize = 512;
/// Longer members are the first to go where the list is too long (section 3.3.1.5).
const LARGE: usize = 128;
const LONGEST_VALUE: usize = 256;

/// A threshold of more digits may be anything that a caller wants to say, and stays a text, which is looked at before it
/// is exported.
const MOST_PLAIN_DIGITS: usize = 10;

/// What a trace carries from service to service.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum TraceState {
    /// Nothing, or how the trace was sampled and nothing else: `ot=th:...`. It is most traces', and takes no memory of
    /// its own.
    Sampled(Option<Threshold>),
    /// A valid list.
    List(Arc<str>),
}

impl Default for TraceState {
    fn default() -> Self {
        Self::Sampled(None)
    }
}

impl TraceState {
    /// The state that a valid list is.
    pub(crate) fn of(list: &str) -> Self {
        if list.is_empty() {
            return Self::default();
        }
        plain(list).map_or_else(
            || Self::List(list.into()),
            |threshold| Self::Sampled(Some(threshold)),
        )
    }

    /// The header; nothing where there is nothing to say.
    pub(crate) fn header(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Sampled(threshold) => {
                threshold.map(|threshold| Cow::Owned(format!("ot=th:{threshold}")))
            }
            Self::List(list) => Some(Cow::Borrowed(list)),
        }
    }
}

/// The threshold of a list that says how the trace was sampled and nothing else.
pub(crate) fn plain(list: &str) -> Option<Threshold> {
    let digits = list.strip_prefix("ot=th:")?;
    let threshold = Threshold::parse(digits)?;
    let is_plain = digits.len() <= MOST_PLAIN_DIGITS && Threshold::is_written(digits);
    is_plain.then_some(threshold)
}

impl std::fmt::Debug for TraceState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.header().unwrap_or_default())
    }
}

/// A list as it is carried on, and what is not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    pub(crate) state: TraceState,
    /// Members beyond a limit and later members of the same key; a malformed list counts as one.
    pub(crate) dropped: u64,
}

impl Carried {
    /// The list of these members, as far as it is carried on.
    fn of(mut members: Vec<Member<'_>>) -> Self {
        let before = members.len();
        members.truncate(MOST_MEMBERS);
        shorten(&mut members);
        let texts: Vec<&str> = members.iter().map(|member| member.text).collect();
        Self {
            state: TraceState::of(&texts.join(",")),
            dropped: (before - texts.len()) as u64,
        }
    }
}

/// Removes members until the list is short enough, the large ones first and each time from the end.
fn shorten(members: &mut Vec<Member<'_>>) {
    let length = |members: &[Member<'_>]| -> usize {
        let texts = members.iter().map(|member| member.text.len());
        texts.sum::<usize>() + members.len().saturating_sub(1)
    };
    while length(members) > MOST_CHARACTERS {
        let large = members
            .iter()
            .rposition(|member| member.text.len() > LARGE)
            .unwrap_or(members.len() - 1);
        members.remove(large);
    }
}

/// One `key=value`.
#[derive(Clone, Copy, Debug)]
struct Member<'a> {
    text: &'a str,
    key: &'a str,
}

#[cfg(all(test, any(feature = "http", feature = "otel-context")))]
mod tests;

//! What the body of an annotated function records: all of its spans and events, and of its calls of `set` those that set
//! a late attribute.

use proc_macro2::Ident;
use syn::Expr;
use syn::ext::IdentExt;

use crate::model::Late;
use crate::parse::{Arguments, Record};

/// The expressions that a body records.
#[derive(Default)]
pub(super) struct Recorded<'a> {
    /// In spans and events, which check themselves; what they cannot know is the function around them.
    pub(super) attributes: Vec<&'a Expr>,
    /// Given to late attributes.
    pub(super) late: Vec<&'a Expr>,
}

/// Picks what is recorded out of what may be, given the late attributes that are bound.
pub(super) fn recorded<'a>(records: &'a [Record], late: &[Late]) -> Recorded<'a> {
    let mut recorded = Recorded::default();
    recorded.take(records, late);
    recorded
}

/// Lists what the arguments of a span or an event evaluate and record.
pub(super) fn evaluated(arguments: &Arguments) -> impl Iterator<Item = &Expr> {
    let attributes = arguments.attrs.get().into_iter().flatten();
    attributes
        .map(|entry| &entry.value)
        .chain(arguments.links.get())
}

impl<'a> Recorded<'a> {
    fn take(&mut self, records: &'a [Record], late: &[Late]) {
        let is_handle = |name: &Ident| late.iter().any(|late| late.handle.unraw() == name.unraw());
        for record in records {
            match record {
                Record::Macro(arguments) => self.attributes.extend(evaluated(arguments)),
                Record::Set(call) if call.receivers.iter().any(is_handle) => {
                    self.late.extend(&call.given);
                }
                Record::Set(call) => self.take(&call.inside, late),
            }
        }
    }

    /// Lists all of it.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Expr> {
        self.attributes.iter().chain(&self.late).copied()
    }
}

//! The expressions that the body of an annotated function records, in its spans, its events and its late attributes.
//!
//! Each checks itself where it stands; what it cannot know is the function around it.

use syn::Expr;

use crate::parse::{Arguments, AttributeEntry, NameArgument, Record};

/// Lists what a body evaluates and records.
pub(super) fn recorded(records: &[Record]) -> Vec<&Expr> {
    let mut recorded = Vec::new();
    for record in records {
        match record {
            Record::Macro(arguments) => recorded.extend(evaluated(arguments)),
            Record::Late(recording) => {
                recorded.extend(recording.entries.iter().map(|entry| &entry.value));
                recorded.extend(recording.failures.iter().map(|failure| &failure.code));
            }
        }
    }
    recorded
}

/// Lists what the arguments of a span or an event evaluate and record.
pub(super) fn evaluated(arguments: &Arguments) -> impl Iterator<Item = &Expr> {
    let attributes = arguments.attrs.get().into_iter().flatten();
    attributes
        .map(|entry| &entry.value)
        .chain(arguments.links.get())
        .chain(
            arguments
                .name
                .get()
                .into_iter()
                .flat_map(NameArgument::expressions),
        )
}

/// Lists the attributes that a body records.
pub(super) fn entries(records: &[Record]) -> impl Iterator<Item = &AttributeEntry> {
    records.iter().flat_map(|record| match record {
        Record::Macro(arguments) => arguments.attrs.get().map_or(&[][..], Vec::as_slice),
        Record::Late(recording) => &recording.entries,
    })
}

//! The procedural macros behind `observed-runtime`. Private in practice: depend on `observed-runtime`, which
//! re-exports them; the expansion names that crate.
//!
//! Every entry is one line: the grammar and its rules are in `observed-syntax`, `expand` has one function per macro.

mod expand;
#[cfg(test)]
mod reference;

use expand::Mode;
use proc_macro::TokenStream;

/// What this build makes annotated functions into; nothing else here depends on features.
const MODE: Mode = if cfg!(feature = "enable") {
    Mode::Recording
} else if cfg!(feature = "http") {
    Mode::Forwarding
} else {
    Mode::CompiledOut
};

#[doc = include_str!("docs/observed.md")]
#[proc_macro_attribute]
pub fn observed(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::observed(arguments.into(), item.into(), MODE).into()
}

/// Starts a span for the rest of the block: `let _span = observed_span!(name = "...", attrs(...));`
///
/// Takes `name`, `attrs`, `kind`, `parent`, `root`, `links`, `scope` and `crate` of [`macro@observed`], with the same
/// checks. For a future, give the span to `.observed(...)` of `ObservedExt` instead of holding it over an `.await`.
///
/// ```
/// use observed_runtime::observed_span;
///
/// let rows = [1_u64, 2, 3];
/// let total: u64 = {
///     let _span = observed_span!(name = "sum_rows", attrs(rows = rows.len()));
///     rows.iter().sum()
/// };
/// assert_eq!(total, 6);
/// ```
#[proc_macro]
pub fn observed_span(arguments: TokenStream) -> TokenStream {
    expand::span(arguments.into()).into()
}

/// Adds an event to the current span: `observed_event!(name = "...", attrs(...));`
///
/// Takes `name`, `attrs` and `crate` of [`macro@observed`], with the same checks. Without a recorded span around it
/// nothing is evaluated. A span keeps 128 events and counts the others.
///
/// ```
/// use observed_runtime::{observed, observed_event};
///
/// #[observed(name = "read_rows")]
/// fn read(rows: &[u64]) -> Option<u64> {
///     if rows.is_empty() {
///         observed_event!(name = "table_empty", attrs(rows = rows.len()));
///     }
///     rows.iter().copied().reduce(u64::wrapping_add)
/// }
/// assert_eq!(read(&[]), None);
/// ```
#[proc_macro]
pub fn observed_event(arguments: TokenStream) -> TokenStream {
    expand::event(arguments.into()).into()
}

/// Records late attributes of the function around: `observed_record!(order.cents = total.cents());`
///
/// The keys are those that `late(...)` of [`macro@observed`] declares; an expression and its wrapper are written and checked
/// as in `attrs(...)`, and evaluated only where the span is recorded. The last value of a key counts. It works in loops,
/// closures and blocks of the function and across `.await`; what is recorded after the span has ended, or on another thread
/// than the one that runs it, is dropped and counted. `crate = path` names the runtime where it is not `::observed_runtime`.
///
/// ```
/// use observed_runtime::{observed, observed_record};
///
/// #[observed(name = "read_rows", late(rows: u64, rows.last: text))]
/// fn read(table: &[String]) -> usize {
///     observed_record!(rows = table.len() as u64);
///     if let Some(row) = table.last() {
///         observed_record!(rows.last = public(row));
///     }
///     table.len()
/// }
/// assert_eq!(read(&["a".to_owned()]), 1);
/// ```
#[proc_macro]
pub fn observed_record(arguments: TokenStream) -> TokenStream {
    expand::record(arguments.into()).into()
}

/// Not part of the public interface: a message on what `observed_record!` was given.
#[doc(hidden)]
#[proc_macro]
pub fn observed_refuse(arguments: TokenStream) -> TokenStream {
    expand::refuse(arguments.into()).into()
}

/// Says which fields of a type are personal data: `#[pii]` on fields of a struct or of an enum's variants.
///
/// A marked field cannot be recorded by any annotation, at any depth of a path and through up to four `Deref`s; a whole
/// value of the type cannot either. Nothing overrides a mark. `#[classified(crate = path)]` names the runtime where it is
/// not `::observed_runtime`.
#[proc_macro_derive(Classified, attributes(pii, classified))]
pub fn classified(item: TokenStream) -> TokenStream {
    expand::classified(item.into()).into()
}

/// Lets values of a type be attributes: an enum without fields by the names of its variants, a struct with one field as
/// that field is recorded.
///
/// A variant's name is written in snake case, or as `#[attribute(rename = "...")]` says. Text needs
/// `#[attribute(public)]` on the type. `#[attribute(crate = path)]` names the runtime where it is not
/// `::observed_runtime`.
#[proc_macro_derive(AttributeValue, attributes(attribute))]
pub fn attribute_value(item: TokenStream) -> TokenStream {
    expand::attribute_value(item.into()).into()
}

//! The procedural macros behind `observed-runtime`. Private in practice: depend on `observed-runtime`, which
//! re-exports them; the expansion names that crate.
//!
//! Thin: the grammar and its rules are in `observed-syntax`, generation cannot fail.

mod expand;

use observed_syntax::parse::{self, Form};
use observed_syntax::{Diagnostics, function, validate};
use proc_macro::TokenStream;

/// Records one span per call of a function: its name, times, parent, outcome, and what `attrs(...)` names.
///
/// Nothing is recorded that is not written here; the attributes are evaluated only when the span is recorded.
///
/// | argument | meaning |
/// | --- | --- |
/// | `name = "..."` | mandatory; lower-case words joined by `.` or `_`, at most 64 characters |
/// | `attrs(...)` | `key = expression`, or a place such as `order.total` that is both |
/// | `kind = ...` | `internal` (default), `server`, `client`, `producer`, `consumer` |
/// | `err` | an `Err` that is returned sets the status to error and `error.type` to the type of the error |
/// | `parent = expr` | a `&Context` instead of the current span |
///
/// An attribute is a number, a boolean, a `Duration`, a string literal, or text in one of the words `public(...)`
/// (copied), `public_static(...)` (a `&'static str`) and `public_display(...)` (anything with `Display`).
///
/// ```
/// use observed_runtime::observed;
///
/// struct Order { lines: Vec<u32>, total: u64 }
///
/// #[observed(name = "price_order", err, attrs(order.lines = order.lines.len(), order.total, action = public(action)))]
/// fn price(order: &Order, action: &str) -> Result<u64, std::num::TryFromIntError> {
///     let lines = u64::try_from(order.lines.len())?;
///     Ok(order.total * lines)
/// }
/// # assert!(price(&Order { lines: vec![], total: 1 }, "quote").is_ok());
/// ```
#[proc_macro_attribute]
pub fn observed(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let item = proc_macro2::TokenStream::from(item);
    let arguments = parse::arguments(arguments.into(), Form::Attribute, &mut diagnostics);
    let function = function::read(item.clone(), &mut diagnostics);
    let model = function
        .as_ref()
        .and_then(|function| validate::observed_fn(&arguments, function, &mut diagnostics));
    match (function, model) {
        (Some(function), Some(model)) if diagnostics.is_clean() => {
            expand::function(&model, &function).into()
        }
        _ => {
            // The user's function stays, so that one mistake does not become many.
            let mut tokens = diagnostics.into_tokens();
            tokens.extend(item);
            tokens.into()
        }
    }
}

/// Starts a span for the rest of the block: `let _span = observed_span!(name = "...", attrs(...));`
///
/// Takes `name`, `attrs`, `kind` and `parent` of [`macro@observed`], with the same checks.
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
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments.into(), Form::Span, &mut diagnostics);
    match validate::span(&arguments, &mut diagnostics) {
        Some(model) if diagnostics.is_clean() => expand::span(&model).into(),
        _ => expand::errors_in_expression(&diagnostics.into_tokens()).into(),
    }
}

//! The arguments of `observed_record!(...)`: the entries of `attrs(...)`, and `crate = path`.

use proc_macro2::TokenStream;
use syn::{Expr, ExprCall, Path};

use super::attributes::{self, AttributeEntry};
use super::late::STATUS;
use super::list;
use crate::{Diagnostics, Rule};

/// What one `observed_record!(...)` records.
#[derive(Default)]
pub struct Recording {
    /// The values, each under a key that the function's annotation declares.
    pub entries: Vec<AttributeEntry>,
    /// The codes of `status = error(code)`.
    pub failures: Vec<Failure>,
    /// `crate = path`.
    pub runtime: Option<Path>,
}

/// `status = error(code)`: the span has failed, whatever the function returns.
pub struct Failure {
    /// The key, to point at.
    pub key: TokenStream,
    /// The code.
    pub code: Expr,
}

/// Reads the arguments of `observed_record!`; what cannot be read is reported and skipped.
pub fn recording(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Recording {
    if tokens.is_empty() {
        let message = "nothing is recorded: write observed_record!(order.cents = total.cents())";
        diagnostics.report_missing(Rule::MalformedArgument, message);
    }
    let mut recording = Recording::default();
    for mut entry in list::entries(tokens, attributes::ENTRIES, diagnostics, attributes::entry) {
        match (&entry.key, &entry.value) {
            (Some(key), Expr::Path(path)) if key.text == "crate" => {
                recording.runtime = Some(path.path.clone());
            }
            (Some(key), Expr::Call(call)) if key.text == STATUS && is_error(call) => {
                let key = key.tokens.clone();
                let Expr::Call(call) = &mut entry.value else {
                    continue;
                };
                if let Some(code) = call.args.pop() {
                    recording.failures.push(Failure { key, code });
                }
            }
            _ => recording.entries.push(entry),
        }
    }
    recording
}

/// `error(code)`
fn is_error(call: &ExprCall) -> bool {
    let is_named = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("error"));
    is_named && call.args.len() == 1
}

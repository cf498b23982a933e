//! The arguments of `observed_record!(...)`: the entries of `attrs(...)`, and `crate = path`.

use proc_macro2::TokenStream;
use syn::{Expr, Path};

use super::attributes::{self, AttributeEntry};
use super::list;
use crate::{Diagnostics, Rule};

/// What one `observed_record!(...)` records.
#[derive(Default)]
pub struct Recording {
    /// The values, each under a key that the function's annotation declares.
    pub entries: Vec<AttributeEntry>,
    /// `crate = path`.
    pub runtime: Option<Path>,
}

/// Reads the arguments of `observed_record!`; what cannot be read is reported and skipped.
pub fn recording(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Recording {
    if tokens.is_empty() {
        let message = "nothing is recorded: write observed_record!(order.cents = total.cents())";
        diagnostics.report_missing(Rule::MalformedArgument, message);
    }
    let mut recording = Recording::default();
    for entry in list::entries(tokens, "attribute", diagnostics, attributes::entry) {
        match (&entry.key, &entry.value) {
            (Some(key), Expr::Path(path)) if key.text == "crate" => {
                recording.runtime = Some(path.path.clone());
            }
            _ => recording.entries.push(entry),
        }
    }
    recording
}

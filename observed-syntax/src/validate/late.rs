//! The entries of `late(...)`, and what `observed_record!(...)` records under them.

use quote::ToTokens;
use syn::Type;

use super::{attribute, conventional, name, privacy};
use crate::model::{Attribute, Late};
use crate::parse::{LateEntry, LateType};
use crate::{Diagnostics, Rule};

/// The late attributes that are valid; the others are reported.
pub(super) fn checked(
    entries: &[LateEntry],
    attributes: &[Attribute],
    diagnostics: &mut Diagnostics,
) -> Vec<Late> {
    let mut late: Vec<Late> = Vec::new();
    for entry in entries {
        let key = &entry.key;
        name::check_key(&key.text, &key.tokens, diagnostics);
        let suspicion = if entry.not_pii.is_some() {
            None
        } else {
            privacy::declared(&key.text, &key.tokens, &entry.ty, diagnostics)
        };
        let known = attributes
            .iter()
            .map(|attribute| &attribute.key)
            .chain(late.iter().map(|late| &late.key));
        attribute::is_new_key(&key.text, known, &key.tokens, diagnostics);
        if let LateType::Value(ty) = &entry.ty {
            is_no_text(&key.text, ty, diagnostics);
        }
        late.push(Late {
            conventional: conventional::declared(&key.text, &key.tokens, &entry.ty, diagnostics),
            key: key.text.clone(),
            ty: entry.ty.clone(),
            not_pii: entry.not_pii.clone(),
            suspicion,
        });
    }
    late
}

/// R9: the types of text, as far as they are told by their names.
fn is_no_text(key: &str, ty: &Type, diagnostics: &mut Diagnostics) {
    let written = ty.to_token_stream().to_string().replace(' ', "");
    if matches!(
        written.as_str(),
        "String" | "str" | "&str" | "&'staticstr" | "&String" | "Option<String>"
    ) {
        let message = format!(
            "text is declared late({key}: text), and recorded with a wrapper: observed_record!({key} = public(value))"
        );
        diagnostics.report(Rule::LateText, ty, message);
    }
}

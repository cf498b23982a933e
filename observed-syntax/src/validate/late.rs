//! The entries of `late(...)`: a handle in the body's scope, with a name of its own.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;

use super::privacy::{self, Remedy};
use super::{attribute, name};
use crate::function::Function;
use crate::model::{Attribute, Late};
use crate::parse::{LateEntry, LateType};
use crate::tokens::idents;
use crate::{Diagnostics, Rule};

/// The late attributes that are valid; the others are reported.
pub(super) fn checked(
    entries: &[LateEntry],
    attributes: &[Attribute],
    function: &Function,
    diagnostics: &mut Diagnostics,
) -> Vec<Late> {
    let mut late: Vec<Late> = Vec::new();
    for entry in entries {
        name::check_key(&entry.key.text, &entry.key.tokens, diagnostics);
        privacy::is_no_personal_name(
            &entry.key.text,
            &entry.key.tokens,
            Remedy::Rename,
            diagnostics,
        );
        let known = attributes
            .iter()
            .map(|attribute| &attribute.key)
            .chain(late.iter().map(|late| &late.key));
        attribute::is_new_key(&entry.key.text, known, &entry.key.tokens, diagnostics);
        let Some(handle) = handle(entry, diagnostics) else {
            continue;
        };
        if names_parameter(&handle, function) || late.iter().any(|earlier| earlier.handle == handle)
        {
            let message = format_args!(
                "the handle `{handle}` has the name of a parameter or of another handle; give it one of its own: \
                 {handle}_late @ \"{}\": ...",
                entry.key.text
            );
            diagnostics.report(Rule::LateClash, &handle, message);
        }
        let (public, ty) = match &entry.ty {
            LateType::Plain(ty) => (false, ty.clone()),
            LateType::Public(ty) => (true, ty.clone()),
        };
        late.push(Late {
            handle,
            key: entry.key.text.clone(),
            public,
            ty,
        });
    }
    late
}

/// The handle, as written or made from the key.
fn handle(entry: &LateEntry, diagnostics: &mut Diagnostics) -> Option<Ident> {
    if let Some(handle) = &entry.handle {
        return Some(handle.clone());
    }
    let first = entry.key.tokens.clone().into_iter().next();
    let Some(TokenTree::Ident(first)) = first else {
        let message = "a key in quotes needs a name for its handle: write name @ \"the.key\": type";
        diagnostics.report(Rule::LateHandle, &entry.key.tokens, message);
        return None;
    };
    let name = entry.handle_name();
    if syn::parse_str::<Ident>(&name).is_ok() {
        return Some(Ident::new(&name, first.span()));
    }
    if ["_", "self", "Self", "super", "crate"].contains(&name.as_str()) {
        let message = format_args!("`{name}` cannot name a handle: write name @ \"{name}\": type");
        diagnostics.report(Rule::LateHandle, &entry.key.tokens, message);
        return None;
    }
    // A keyword alone is a variable in its raw form only; joined with other words it is none.
    Some(Ident::new_raw(&name, first.span()))
}

/// True when a parameter's pattern names this, as a variable or otherwise.
fn names_parameter(handle: &Ident, function: &Function) -> bool {
    let handle = handle.unraw();
    let is_named = |pattern: TokenStream| idents(pattern).iter().any(|name| name.unraw() == handle);
    function.sig.inputs.iter().any(|argument| match argument {
        syn::FnArg::Typed(typed) => is_named(typed.pat.to_token_stream()),
        syn::FnArg::Receiver(_) => false,
    })
}

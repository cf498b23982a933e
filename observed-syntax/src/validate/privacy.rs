//! R10, R11: names of the dictionary, and literals that look like personal data.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::Visit;
use syn::{Expr, LitStr};

use super::chain::chains;
use crate::tokens::idents;
use crate::{Diagnostics, Rule, dictionary, patterns};

/// R10: neither the key nor what the expression names is in the dictionary. A mistake is reported once: where a key was
/// made from the expression, on the expression.
pub(super) fn has_no_personal_name(
    key: &str,
    written_key: Option<&TokenStream>,
    value: &Expr,
    diagnostics: &mut Diagnostics,
) {
    if let Some(tokens) = written_key {
        is_no_personal_name(key, tokens, Remedy::NotPii, diagnostics);
    }
    names_nothing_personal(value, Remedy::NotPii, diagnostics);
}

/// R10: no identifier of an expression, and no chain of fields and calls, is in the dictionary.
pub(super) fn names_nothing_personal(value: &Expr, remedy: Remedy, diagnostics: &mut Diagnostics) {
    let before = diagnostics.count();
    for ident in idents(value.to_token_stream()) {
        is_no_personal_name(&ident.unraw().to_string(), &ident, remedy, diagnostics);
    }
    // `person.first.name` has no personal word in it, and is one.
    if diagnostics.count() == before {
        for chain in chains(value) {
            is_no_personal_name(&chain.names.join("."), chain.whole, remedy, diagnostics);
        }
    }
}

/// What to do about a name of the dictionary.
#[derive(Clone, Copy)]
pub(super) enum Remedy {
    /// An attribute: the name can be said to be harmless.
    NotPii,
    /// A late attribute: its type can.
    NotPiiType,
    /// Anything else is renamed.
    Rename,
}

/// R10: a name is not in the dictionary.
pub(super) fn is_no_personal_name(
    name: &str,
    tokens: impl ToTokens,
    remedy: Remedy,
    diagnostics: &mut Diagnostics,
) {
    let Some(hit) = dictionary::find(name) else {
        return;
    };
    let remedy = match remedy {
        Remedy::NotPii => {
            "record something else, or say why it is none: not_pii(expression, \"the reason\")"
        }
        Remedy::NotPiiType => {
            "declare something else, or say why it is none: not_pii(the type, \"the reason\")"
        }
        Remedy::Rename => "use another name",
    };
    let message = format_args!(
        "`{name}` stands for {} (\"{}\" in the dictionary); {remedy}",
        hit.group, hit.words
    );
    diagnostics.report(Rule::PersonalName, tokens, message);
}

/// R10, R11: a literal does not look like personal data or a credential. Nothing overrides this: a literal can be
/// written otherwise.
pub(super) fn has_no_personal_literal(key: &str, value: &Expr, diagnostics: &mut Diagnostics) {
    let mut literals = Literals(Vec::new());
    literals.visit_expr(value);
    for literal in literals.0 {
        if let Some(pattern) = patterns::find(&literal.value(), key) {
            let message = format_args!(
                "this text looks like an instance of: {}; record something else",
                pattern.name()
            );
            diagnostics.report(Rule::PersonalLiteral, literal, message);
        }
    }
}

struct Literals(Vec<LitStr>);

impl Visit<'_> for Literals {
    fn visit_lit_str(&mut self, literal: &LitStr) {
        self.0.push(literal.clone());
    }
}

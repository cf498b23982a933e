//! The names that the parameters of a function bind.

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{FnArg, Macro, Pat, PatIdent, Signature};

use crate::tokens::idents;

/// A name that a parameter binds.
pub struct Binding {
    /// The name.
    pub name: Ident,
    /// Whether it is taken out of a pattern: it then exists only once the pattern has been taken apart.
    pub is_taken_out: bool,
}

/// Lists the names that `signature` binds. `self` comes first, also where there is no receiver: an expression that names
/// it names something of the function.
pub(crate) fn of_signature(signature: &Signature) -> Vec<Binding> {
    let receiver = Binding {
        name: Ident::new("self", Span::call_site()),
        is_taken_out: false,
    };
    let mut bindings = vec![receiver];
    for argument in &signature.inputs {
        let FnArg::Typed(typed) = argument else {
            continue;
        };
        let is_taken_out = !is_name(&typed.pat);
        bindings.extend(
            of_pattern(&typed.pat)
                .into_iter()
                .map(|name| Binding { name, is_taken_out }),
        );
    }
    bindings
}

/// Lists the names that a pattern binds.
pub(crate) fn of_pattern(pattern: &Pat) -> Vec<Ident> {
    let mut names = Names(Vec::new());
    names.visit_pat(pattern);
    names.0
}

/// `name` or `mut name`, whole and by value.
fn is_name(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Ident(binding) if binding.by_ref.is_none() && binding.subpat.is_none())
}

struct Names(Vec<Ident>);

impl Visit<'_> for Names {
    fn visit_pat_ident(&mut self, pattern: &PatIdent) {
        self.0.push(pattern.ident.clone());
        visit::visit_pat_ident(self, pattern);
    }

    /// A macro may bind each name that it is given.
    fn visit_macro(&mut self, call: &Macro) {
        self.0.extend(idents(call.tokens.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_pattern_takes_apart_is_taken_out() {
        let signature = syn::parse_quote! {
            fn f(mut a: A, (b, _): (B, C), ref d: D, e @ Some(g): E, Order { lines, .. }: Order, pair!(h, _): P)
        };
        let bindings: Vec<_> = of_signature(&signature)
            .iter()
            .map(|binding| (binding.name.to_string(), binding.is_taken_out))
            .collect();
        let plain = |name: &str| (name.to_owned(), false);
        let taken_out = |name: &str| (name.to_owned(), true);
        assert_eq!(bindings[..3], [plain("self"), plain("a"), taken_out("b")]);
        assert_eq!(
            bindings[3..],
            ["d", "e", "g", "lines", "h", "_"].map(taken_out)
        );
    }
}

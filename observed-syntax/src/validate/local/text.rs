//! Macros whose value is made of what they are given.

use proc_macro2::Ident;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, ExprLit, Lit, Macro, Token};

use super::functions;
use super::made_of::Made;
use crate::tokens;

impl Made<'_> {
    /// `format!` and its kin: the texts name what they show, the rest are expressions.
    pub(super) fn text(&mut self, call: &Macro) {
        if functions::is_macro(&call.path, "matches") || functions::is_silent(&call.path) {
            return;
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = parser.parse2(call.tokens.clone()) else {
            self.parts.push(Expr::Macro(syn::ExprMacro {
                attrs: Vec::new(),
                mac: call.clone(),
            }));
            return;
        };
        let is_text = arguments.first().is_some_and(is_literal);
        for argument in &arguments {
            let value = match argument {
                Expr::Assign(named) => &*named.right,
                _ => argument,
            };
            if is_text {
                self.texts
                    .extend((!is_literal(value)).then(|| value.clone()));
            }
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = value
            {
                for name in tokens::shown(&text.value()) {
                    let shown = Expr::Path(syn::ExprPath {
                        attrs: Vec::new(),
                        qself: None,
                        path: Ident::new(name, text.span()).into(),
                    });
                    self.texts.push(shown.clone());
                    self.parts.push(shown);
                }
            }
            self.visit_expr(value);
        }
    }
}

fn is_literal(expression: &Expr) -> bool {
    matches!(expression, Expr::Lit(it) if matches!(it.lit, syn::Lit::Str(_)))
}

//! The names that a value carries: of the places and calls that it is made of, of what selects it, and of what a text shows.
//!
//! What a function was given, or what a condition asks, is not in the value.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{BinOp, Block, Expr, ExprLit, Lit, LitStr, Macro, Stmt, Token};

use super::shown::shown_in;
use crate::validate::chain::names;
use crate::validate::local::{gives_back, is_measure};

/// A name that a value carries.
pub(super) struct Carried {
    pub(super) name: String,
    pub(super) tokens: TokenStream,
    /// The text that selects, where it is one.
    pub(super) selector: Option<LitStr>,
}

fn is_conversion(function: &Expr) -> bool {
    matches!(function, Expr::Path(path) if gives_back(&path.path))
}

/// Lists the names that a value carries.
pub(super) fn carried(value: &Expr) -> Vec<Carried> {
    let mut walk = Walk(Vec::new());
    walk.value(value);
    walk.0
}

struct Walk(Vec<Carried>);

impl Walk {
    fn value(&mut self, value: &Expr) {
        match value {
            Expr::Reference(it) => self.value(&it.expr),
            Expr::Paren(it) => self.value(&it.expr),
            Expr::Group(it) => self.value(&it.expr),
            Expr::Cast(it) => self.value(&it.expr),
            Expr::Unary(it) => self.value(&it.expr),
            Expr::Try(it) => self.value(&it.expr),
            Expr::Await(it) => self.value(&it.base),
            Expr::Index(it) => {
                self.select(&it.index);
                self.value(&it.expr);
            }
            Expr::MethodCall(it) if is_measure(it) => {}
            Expr::MethodCall(_) | Expr::Field(_) => self.chain(value),
            Expr::Path(it) => {
                let name = it.path.get_ident().map(|ident| ident.unraw().to_string());
                self.add(name.as_deref(), value);
            }
            Expr::Binary(it) if matches!(it.op, BinOp::Add(_)) => {
                self.value(&it.left);
                self.value(&it.right);
            }
            Expr::Tuple(it) => it.elems.iter().for_each(|it| self.value(it)),
            Expr::Array(it) => it.elems.iter().for_each(|it| self.value(it)),
            Expr::Struct(it) => it.fields.iter().for_each(|it| self.value(&it.expr)),
            Expr::Call(it) if is_conversion(&it.func) => {
                it.args.iter().for_each(|it| self.value(it));
            }
            Expr::Call(it) => {
                self.function(&it.func);
                it.args.iter().for_each(|it| self.select(it));
            }
            Expr::Block(it) => self.last_of(&it.block),
            Expr::Unsafe(it) => self.last_of(&it.block),
            Expr::If(it) => {
                self.last_of(&it.then_branch);
                if let Some((_, otherwise)) = &it.else_branch {
                    self.value(otherwise);
                }
            }
            Expr::Match(it) => it.arms.iter().for_each(|arm| self.value(&arm.body)),
            Expr::Macro(it) => self.text(&it.mac),
            _ => {}
        }
    }

    /// `user.email.as_str()` is one name; what it begins with is a value of its own where it is no variable.
    fn chain(&mut self, chain: &Expr) {
        self.add(Some(&names(chain).join(".")), chain);
        let mut at = chain;
        loop {
            at = match at {
                Expr::Field(it) => &it.base,
                Expr::MethodCall(it) => {
                    it.args.iter().for_each(|argument| self.given(it, argument));
                    &it.receiver
                }
                Expr::Paren(it) => &it.expr,
                Expr::Group(it) => &it.expr,
                Expr::Unary(it) => &it.expr,
                Expr::Reference(it) => &it.expr,
                Expr::Path(_) => return,
                _ => break,
            };
        }
        self.value(at);
    }

    /// An argument that selects, makes the value, or takes its place.
    fn given(&mut self, call: &syn::ExprMethodCall, argument: &Expr) {
        let method = call.method.to_string();
        let takes_its_place = method.starts_with("unwrap_or") || method.starts_with("map_or");
        match argument {
            Expr::Closure(closure) => self.value(&closure.body),
            Expr::Lit(_) if takes_its_place || super::selector::is_no_selection(&method) => {}
            Expr::Lit(_) => self.select(argument),
            _ if takes_its_place || ["or", "zip", "chain"].contains(&method.as_str()) => {
                self.value(argument);
            }
            Expr::Path(path) if path.path.get_ident().is_none() => self.function(argument),
            _ => {}
        }
    }

    /// A function is asked by its last name: `user_email(&row)`, `Customer::email`. A constant or a variant is none.
    fn function(&mut self, function: &Expr) {
        let Expr::Path(path) = function else { return };
        let last = path.path.segments.last();
        let name = last.map(|last| last.ident.unraw().to_string());
        self.add(name.as_deref(), function);
    }

    fn select(&mut self, argument: &Expr) {
        const LONGEST: usize = 64;
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = argument
        else {
            return;
        };
        if text.value().len() <= LONGEST && !text.value().contains(char::is_whitespace) {
            self.0.push(Carried {
                name: text.value(),
                tokens: text.to_token_stream(),
                selector: Some(text.clone()),
            });
        }
    }

    /// What `format!` and its kin show by name, and their arguments.
    fn text(&mut self, text: &Macro) {
        if text.path.is_ident("matches") {
            return;
        }
        let shown = shown_in(text).into_iter();
        self.0.extend(shown.map(|(name, tokens)| Carried {
            name,
            tokens,
            selector: None,
        }));
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let arguments = parser.parse2(text.tokens.clone()).unwrap_or_default();
        for argument in &arguments {
            match argument {
                Expr::Assign(named) => self.value(&named.right),
                _ => self.value(argument),
            }
        }
    }

    fn last_of(&mut self, block: &Block) {
        if let Some(Stmt::Expr(last, _)) = block.stmts.last() {
            self.value(last);
        }
    }

    fn add(&mut self, name: Option<&str>, tokens: impl ToTokens) {
        self.0.extend(name.map(|name| Carried {
            name: name.to_owned(),
            tokens: tokens.to_token_stream(),
            selector: None,
        }));
    }
}

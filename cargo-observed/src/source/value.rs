//! What an expression shows of the type of its value; what it does not show is never guessed.

use std::collections::{BTreeMap, BTreeSet};

use observed_syntax::fingerprint::canonical;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, FnArg, Generics, Lit, Member, Pat, Signature, Type, UnOp};

use crate::site::Class;

/// Where the type of a value is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The expression shows it.
    Known(String, Class),
    /// A type by its name, where it was written.
    Named(String),
    /// A field of another value.
    Field(Box<Origin>, String),
    /// It is not shown.
    Unknown,
}

/// What the names of an expression stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    parameters: BTreeMap<String, String>,
    /// What `Self` is.
    this: Option<String>,
    /// Names of types that stand for any type.
    generic: BTreeSet<String>,
}

impl Scope {
    /// The scope inside an `impl`.
    pub(crate) fn of_impl(this: &Type, generics: &Generics) -> Self {
        let mut scope = Self::default();
        scope.add_generics(generics);
        scope.this = Some(canonical(this.to_token_stream()));
        scope
    }

    /// The scope inside a function that stands in this one.
    pub(crate) fn of_function(&self, signature: &Signature) -> Self {
        let mut scope = Self {
            parameters: BTreeMap::new(),
            ..self.clone()
        };
        scope.add_generics(&signature.generics);
        for input in &signature.inputs {
            if let FnArg::Typed(typed) = input
                && let Pat::Ident(name) = &*typed.pat
            {
                let ty = canonical(typed.ty.to_token_stream());
                scope.parameters.insert(name.ident.unraw().to_string(), ty);
            }
        }
        scope
    }

    fn add_generics(&mut self, generics: &Generics) {
        let names = generics.type_params().map(|it| it.ident.to_string());
        self.generic.extend(names);
    }

    fn named(&self, ty: &str) -> Origin {
        let plain = stripped(ty);
        if self.generic.contains(plain) {
            return Origin::Unknown;
        }
        match (plain, &self.this) {
            ("Self", Some(this)) => Origin::Named(stripped(this).to_owned()),
            _ => Origin::Named(plain.to_owned()),
        }
    }

    /// What the declaration of a late key shows.
    pub(crate) fn of_type(&self, ty: &Type) -> Origin {
        self.named(&canonical(ty.to_token_stream()))
    }

    /// What an expression shows.
    pub(crate) fn of(&self, value: &Expr) -> Origin {
        match value {
            Expr::Lit(it) => literal(&it.lit),
            Expr::Cast(it) => self.named(&canonical(it.ty.to_token_stream())),
            Expr::Reference(it) => self.of(&it.expr),
            Expr::Paren(it) => self.of(&it.expr),
            Expr::Group(it) => self.of(&it.expr),
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => self.of(&it.expr),
            Expr::MethodCall(it) => self.called(it),
            Expr::Path(it) => match it.path.get_ident() {
                Some(name) => self.variable(&name.unraw().to_string()),
                None => Origin::Unknown,
            },
            Expr::Field(it) => match (self.of(&it.base), &it.member) {
                (Origin::Unknown, _) | (_, Member::Unnamed(_)) => Origin::Unknown,
                (base, Member::Named(name)) => {
                    Origin::Field(Box::new(base), name.unraw().to_string())
                }
            },
            _ => Origin::Unknown,
        }
    }

    fn variable(&self, name: &str) -> Origin {
        match (name, self.parameters.get(name), &self.this) {
            ("self", _, Some(_)) => self.named("Self"),
            (_, Some(ty), _) => self.named(ty),
            _ => Origin::Unknown,
        }
    }

    /// Methods of the standard library that have one meaning wherever they stand.
    fn called(&self, it: &syn::ExprMethodCall) -> Origin {
        let (method, number) = (it.method.to_string(), it.args.len());
        match (method.as_str(), number) {
            ("len" | "count", 0) => known("usize", Class::Number),
            ("is_empty" | "is_some" | "is_none" | "is_ok" | "is_err", 0)
            | ("contains" | "contains_key" | "starts_with" | "ends_with", 1) => flag(),
            ("elapsed", 0) => known("Duration", Class::Duration),
            ("as_secs", 0) => known("u64", Class::Number),
            ("as_millis" | "as_micros" | "as_nanos", 0) => known("u128", Class::Number),
            ("as_secs_f64", 0) => known("f64", Class::Number),
            ("clone" | "copied" | "cloned", 0) => self.of(&it.receiver),
            _ => Origin::Unknown,
        }
    }
}

fn known(ty: &str, class: Class) -> Origin {
    Origin::Known(ty.to_owned(), class)
}

fn flag() -> Origin {
    known("bool", Class::Flag)
}

fn literal(literal: &Lit) -> Origin {
    match literal {
        Lit::Str(_) => known("str", Class::Literal),
        Lit::Bool(_) => flag(),
        Lit::Int(it) if it.suffix().is_empty() => known("i32", Class::Number),
        Lit::Float(it) if it.suffix().is_empty() => known("f64", Class::Number),
        Lit::Int(it) => known(it.suffix(), Class::Number),
        Lit::Float(it) => known(it.suffix(), Class::Number),
        _ => Origin::Unknown,
    }
}

/// A type without references and without what is recorded as what it holds.
pub(crate) fn stripped(ty: &str) -> &str {
    let mut ty = ty.trim();
    loop {
        let mut rest = ty.trim_start_matches('&');
        if let Some(lifetime) = rest.strip_prefix('\'') {
            let end = lifetime.find(|it: char| !it.is_alphanumeric() && it != '_');
            rest = &lifetime[end.unwrap_or(lifetime.len())..];
        }
        rest = rest
            .trim_start()
            .strip_prefix("mut ")
            .unwrap_or(rest)
            .trim_start();
        for around in ["Option<", "Box<", "Arc<", "Rc<"] {
            let inside = rest
                .strip_prefix(around)
                .and_then(|it| it.strip_suffix('>'));
            rest = inside.unwrap_or(rest);
        }
        if rest == ty {
            return ty;
        }
        ty = rest;
    }
}

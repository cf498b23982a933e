//! What rules say of code that is no annotation.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ItemImpl, ItemMacro, ItemUse, Macro, Meta, Pat, Path, Stmt};

use super::Visitor;
use crate::source::items::is_elsewhere;
use crate::source::names::{Macro as Ours, Names};
use crate::source::{imports, tokens};

impl Visitor<'_> {
    /// R8: values of attributes are derived.
    pub(super) fn written_by_hand(&mut self, item: &ItemImpl) {
        let Some((path, _)) = &item.trait_ else {
            return;
        };
        let is_it = path
            .segments
            .last()
            .is_some_and(|it| it.ident == "AttributeValue");
        if is_it && self.is_ours(path) {
            let ty = observed_syntax::fingerprint::canonical(item.self_ty.to_token_stream());
            let message =
                format!("`AttributeValue` is written by hand for `{ty}`: nobody sees what leaves");
            self.fact("R8-written-by-hand", path.span(), message);
        }
    }

    /// R8: what the expansion calls is not for people.
    pub(super) fn private(&mut self, path: &Path) {
        let private = path.segments.iter().find(|it| it.ident == "__private");
        let first = path.segments.first().map(|it| it.ident.unraw().to_string());
        let is_runtime = first.is_some_and(|it| self.setting.known_crates.contains(&it));
        if let Some(private) = private.filter(|_| is_runtime) {
            let message = "`__private` is for the expansion: what is called there passes no check";
            self.fact("R8-private", private.ident.span(), message);
        }
    }

    /// R1: a span that is dropped where it stands records nothing of what follows.
    pub(super) fn unheld(&mut self, statement: &Stmt) {
        let call = match statement {
            Stmt::Local(it) if matches!(it.pat, Pat::Wild(_)) => match &it.init {
                Some(init) => match &*init.expr {
                    Expr::Macro(it) => &it.mac,
                    _ => return,
                },
                None => return,
            },
            Stmt::Macro(it) => &it.mac,
            Stmt::Expr(Expr::Macro(it), Some(_)) => &it.mac,
            _ => return,
        };
        if self.setting.names.last_of(&call.path) == Some(Ours::Span) && self.is_ours(&call.path) {
            let message = "this span ends at once: nothing holds it";
            self.fact("R1-unheld-span", call.path.span(), message);
        }
    }

    /// R1: `tracing::instrument` records every parameter by `Debug`.
    pub(super) fn instrumented(&mut self, attribute: &Attribute) {
        let path = attribute.path();
        if path
            .segments
            .last()
            .is_none_or(|it| it.ident != "instrument")
        {
            return;
        }
        let first = path.segments.first().map(|it| it.ident.unraw().to_string());
        let from = |first: &String| {
            let mut imports = self.read.imports.iter();
            let imported = imports.find(|it| it.name == *first && it.module == self.module);
            imported
                .and_then(|it| it.target.first())
                .unwrap_or(first)
                .clone()
        };
        if !first
            .is_some_and(|first| matches!(from(&first).as_str(), "tracing" | "tracing_attributes"))
        {
            return;
        }
        let arguments = match &attribute.meta {
            Meta::List(list) => observed_syntax::tokens::idents(list.tokens.clone()),
            _ => Vec::new(),
        };
        if !arguments.iter().any(|it| it == "skip_all") {
            let message =
                "`tracing::instrument` without `skip_all` records every parameter by its `Debug`";
            self.fact("R1-instrument", path.span(), message);
        }
    }

    /// R2: a macro under another name is not found by searching.
    pub(super) fn renamed(&mut self, item: &ItemUse) {
        let own = Names::default();
        for import in imports::imports(item, &self.module) {
            let original = import.target.last().and_then(|it| own.get(it));
            let first = import.target.first();
            let is_elsewhere =
                first.is_some_and(|it| is_elsewhere(it) && !self.setting.known_crates.contains(it));
            let has_name = own.get(&import.name).is_some() || import.name == "_";
            if original.is_some() && !has_name && !is_elsewhere {
                let was = import.target.last().cloned().unwrap_or_default();
                let message = format!(
                    "`{was}` gets the name `{}`, by which nobody searches",
                    import.name
                );
                self.fact("R2-renamed-macro", item.span(), message);
            }
        }
    }

    /// R1: spans that are started beside the toolkit.
    pub(super) fn started(&mut self, item: &ItemUse) {
        for import in imports::imports(item, &self.module) {
            let is_tracer = import
                .target
                .last()
                .is_some_and(|it| it == "Tracer" || it == "SpanBuilder");
            if is_tracer
                && import
                    .target
                    .first()
                    .is_some_and(|it| it == "opentelemetry")
            {
                let message = "spans that the tracer starts pass no check and are in no lock";
                self.fact("R1-tracer", item.span(), message);
            }
        }
    }

    /// R21: what a macro generates is seen at run time only.
    pub(super) fn in_macro_rules(&mut self, item: &ItemMacro) {
        if let Some(name) = tokens::names(item.mac.tokens.clone(), self.setting.names) {
            let message = format!("`{name}` in a macro: what it makes is not in the lock");
            self.fact("R21-in-macro", name.span(), message);
        }
    }

    /// R21: annotations in the arguments of another macro are not followed.
    pub(super) fn in_arguments(&mut self, it: &Macro) {
        if let Some(name) = tokens::annotation(it.tokens.clone(), self.setting.names) {
            let message =
                format!("`#[{name}]` in a macro's arguments: what it makes is not in the lock");
            self.fact("R21-in-macro", name.span(), message);
        }
    }
}

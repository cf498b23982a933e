//! The walk through a parsed file.

mod attributes;
mod facts;
mod late;
mod walk;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::Visit;
use syn::{Attribute, Item, Signature};

use super::annotation::{self, Around};
use super::imports;
use super::names::Macro;
use super::read::{Fact, Read, Setting};
use super::types::{Defined, Definition};
use super::value::Scope;
use super::{getters, items};
use crate::modules::is_for_tests;
use crate::place::Place;

/// Reads all of a file.
pub(super) fn read(file: &syn::File, setting: &Setting<'_>) -> Read {
    let mut visitor = Visitor {
        setting,
        read: Read::default(),
        module: setting.module.to_vec(),
        around: Vec::new(),
        cfg: setting.cfg.to_vec(),
        scope: Scope::default(),
        observed: Vec::new(),
    };
    visitor.imports(&file.items);
    visitor.visit_file(file);
    visitor.read
}

struct Visitor<'a> {
    setting: &'a Setting<'a>,
    read: Read,
    module: Vec<String>,
    /// Types of `impl` and functions around, inside of the module.
    around: Vec<String>,
    cfg: Vec<String>,
    scope: Scope,
    /// For each function around the sites that its body records late keys of.
    observed: Vec<Vec<usize>>,
}

impl Visitor<'_> {
    /// Imports are wanted before what stands above them.
    fn imports(&mut self, items: &[Item]) {
        for item in items {
            if let Item::Use(item) = item {
                self.read
                    .imports
                    .extend(imports::imports(item, &self.module));
            }
        }
    }

    fn path(&self) -> String {
        let parts = self.module.iter().chain(&self.around);
        parts.map(String::as_str).collect::<Vec<_>>().join("::")
    }

    fn fact(&mut self, rule: &str, span: proc_macro2::Span, message: impl Into<String>) {
        self.read.facts.push(Fact {
            rule: rule.to_owned(),
            place: Place::of(self.setting.shown, span),
            message: message.into(),
        });
    }

    fn around(&self, span: proc_macro2::Span, cfg: Vec<String>) -> Around<'_> {
        Around {
            setting: self.setting,
            path: self.path(),
            module: self.module.clone(),
            cfg: [self.cfg.clone(), cfg].concat(),
            scope: self.scope.clone(),
            span,
        }
    }

    /// A function with its attributes: its site, if it has one, then its body.
    fn function(
        &mut self,
        attrs: &[Attribute],
        sig: &Signature,
        item: &dyn ItemTokens,
        walk: &mut dyn FnMut(&mut Self),
    ) {
        let scope = std::mem::take(&mut self.scope);
        self.scope = scope.of_function(sig);
        self.around.push(sig.ident.unraw().to_string());
        let mut here = Vec::new();
        let annotations = self.annotations(attrs);
        for annotation in annotations {
            let mut facts = Vec::new();
            let plain = item.without(&|attribute| self.is_annotation(attribute));
            let around = self.around(annotation.span, annotation.cfg);
            let found = annotation::function(annotation.arguments, plain, &around, &mut facts);
            self.read.facts.extend(facts);
            if let Some(found) = found {
                let is_main = self.around.as_slice() == ["main"] && self.module.len() == 1;
                let place = sig.ident.span();
                if let Some((rule, message)) = getters::odd(sig, item.body(), is_main) {
                    self.fact(rule, place, message);
                }
                here.push(self.read.sites.len());
                self.read.sites.push(found);
            }
        }
        self.observed.push(here);
        walk(self);
        self.observed.pop();
        self.around.pop();
        self.scope = scope;
    }

    /// A call of one of the toolkit's macros.
    fn call(&mut self, which: Macro, arguments: TokenStream, span: proc_macro2::Span) {
        let mut facts = Vec::new();
        let around = self.around(span, Vec::new());
        let found = match which {
            Macro::Span => annotation::span(arguments, &around, &mut facts),
            Macro::Event => annotation::event(arguments, &around, &mut facts),
            Macro::Record => {
                self.late(arguments);
                None
            }
            Macro::Observed => None,
        };
        self.read.facts.extend(facts);
        self.read.sites.extend(found);
    }

    fn define(&mut self, name: &syn::Ident, definition: Option<Definition>) {
        let module = self.module.clone();
        self.read.types.extend(definition.map(|definition| Defined {
            module,
            name: name.unraw().to_string(),
            definition,
        }));
    }

    /// Walks on under the conditions of an item; what is built for tests only is left out.
    fn conditioned(&mut self, attrs: &[Attribute], walk: impl FnOnce(&mut Self)) {
        let conditions = items::conditions(attrs);
        let is_test = attrs.iter().any(|it| it.path().is_ident("test"));
        if is_test || conditions.iter().any(|cfg| is_for_tests(cfg)) {
            return;
        }
        let before = self.cfg.len();
        self.cfg.extend(conditions);
        walk(self);
        self.cfg.truncate(before);
    }
}

/// An item with a function's body.
trait ItemTokens {
    /// Its tokens, without the attributes that are taken off.
    fn without(&self, is_taken: &dyn Fn(&Attribute) -> bool) -> TokenStream;
    fn body(&self) -> TokenStream;
}

macro_rules! item_tokens {
    ($($item:ident: $body:expr,)+) => { $(impl ItemTokens for syn::$item {
        fn without(&self, is_taken: &dyn Fn(&Attribute) -> bool) -> TokenStream {
            let mut item = self.clone();
            item.attrs.retain(|attribute| !is_taken(attribute));
            item.into_token_stream()
        }

        fn body(&self) -> TokenStream {
            let body: fn(&Self) -> TokenStream = $body;
            body(self)
        }
    })+ };
}

item_tokens! {
    ItemFn: |it| it.block.to_token_stream(),
    ImplItemFn: |it| it.block.to_token_stream(),
    TraitItemFn: |it| it.default.to_token_stream(),
}

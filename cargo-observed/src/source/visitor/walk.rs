//! What is done at each kind of item, on the way through a file.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Type};

use super::Visitor;
use crate::source::items;
use crate::source::tokens;
use crate::source::types::{self, Definition};
use crate::source::value::Scope;

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        self.conditioned(items::of(item), |this| visit::visit_item(this, item));
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = &item.content else {
            return;
        };
        let around = std::mem::take(&mut self.around);
        self.module.push(item.ident.unraw().to_string());
        self.imports(items);
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.around = around;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.renamed(item);
        self.started(item);
        visit::visit_item_use(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.attrs, &item.sig, item, &mut |this| {
            visit::visit_item_fn(this, item);
        });
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.conditioned(&item.attrs, |this| {
            this.function(&item.attrs, &item.sig, item, &mut |this| {
                visit::visit_impl_item_fn(this, item);
            });
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.conditioned(&item.attrs, |this| {
            this.function(&item.attrs, &item.sig, item, &mut |this| {
                visit::visit_trait_item_fn(this, item);
            });
        });
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.written_by_hand(item);
        let scope = std::mem::replace(
            &mut self.scope,
            Scope::of_impl(&item.self_ty, &item.generics),
        );
        self.around.extend(name_of(&item.self_ty));
        visit::visit_item_impl(self, item);
        if name_of(&item.self_ty).is_some() {
            self.around.pop();
        }
        self.scope = scope;
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.around.push(item.ident.unraw().to_string());
        visit::visit_item_trait(self, item);
        self.around.pop();
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.define(&item.ident, types::read(&item.clone().into()));
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.define(&item.ident, types::read(&item.clone().into()));
        visit::visit_item_enum(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        if item.generics.params.is_empty() {
            let ty = observed_syntax::fingerprint::canonical(item.ty.to_token_stream());
            self.define(&item.ident, Some(Definition::Alias(ty)));
        }
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.mac.path.is_ident("macro_rules") {
            self.in_macro_rules(item);
        } else {
            visit::visit_item_macro(self, item);
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.instrumented(attribute);
        visit::visit_attribute(self, attribute);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.private(path);
        visit::visit_path(self, path);
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        self.unheld(statement);
        visit::visit_stmt(self, statement);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        match self.setting.names.last_of(&it.path) {
            Some(which) if self.is_ours(&it.path) => {
                self.call(which, it.tokens.clone(), it.path.span());
            }
            _ => {
                for call in tokens::calls(it.tokens.clone(), self.setting.names) {
                    self.call(call.which, call.arguments, call.name.span());
                }
                self.in_arguments(it);
            }
        }
        visit::visit_macro(self, it);
    }
}

/// The name of a type that has methods.
fn name_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(it) => Some(it.path.segments.last()?.ident.unraw().to_string()),
        Type::Reference(it) => name_of(&it.elem),
        Type::Group(it) => name_of(&it.elem),
        Type::Paren(it) => name_of(&it.elem),
        _ => None,
    }
}

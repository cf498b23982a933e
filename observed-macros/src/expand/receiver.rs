//! `self` under the name that `#[async_trait]` gives it: where the span is set up, it has moved there.

use observed_syntax::model::{ObservedFn, Parent};
use proc_macro2::Ident;
use syn::Path;
use syn::visit_mut::{self, VisitMut};

/// The model whose expressions name `self` as `receiver`.
pub(super) fn renamed(model: &ObservedFn, receiver: Option<&Ident>) -> ObservedFn {
    let mut model = model.clone();
    if let Some(receiver) = receiver {
        let mut rename = Rename(receiver);
        let attributes = &mut model.span.attributes;
        attributes
            .iter_mut()
            .map(|attribute| &mut attribute.value)
            .chain(&mut model.span.links)
            .for_each(|expression| rename.visit_expr_mut(expression));
        if let Parent::Given(parent) = &mut model.span.parent {
            rename.visit_expr_mut(parent);
        }
        if let Some(route) = &mut model.span.route {
            rename.visit_expr_mut(&mut route.method);
            rename.visit_expr_mut(&mut route.template);
        }
    }
    model
}

struct Rename<'a>(&'a Ident);

impl VisitMut for Rename<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.is_ident("self") {
            if let Some(only) = path.segments.first_mut() {
                let at = self.0.span().located_at(only.ident.span());
                only.ident = Ident::new(&self.0.to_string(), at);
            }
        }
        visit_mut::visit_path_mut(self, path);
    }
}

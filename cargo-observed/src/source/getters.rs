//! Functions whose span tells nothing, or never ends.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ItemFn, Signature, Stmt};

/// What is odd about a function with a span, as the identifier of the rule and the reason.
pub(super) fn odd(
    signature: &Signature,
    body: TokenStream,
    is_main: bool,
) -> Option<(&'static str, String)> {
    let body: Block = syn::parse2(body).ok()?;
    if is_main {
        let message = "this span lasts as long as the program, and leaves when it ends or never";
        return Some(("R4-endless-span", message.to_owned()));
    }
    if never_ends(&body) {
        let name = &signature.ident;
        let message =
            format!("`{name}` runs in a loop without an end, so that its span never leaves");
        return Some(("R4-endless-span", message));
    }
    if signature.receiver().is_some() && signature.inputs.len() == 1 && is_field(&body) {
        let message = format!(
            "`{}` only hands out a field; its span says nothing",
            signature.ident
        );
        return Some(("R2-observed-getter", message));
    }
    None
}

fn is_field(body: &Block) -> bool {
    let [Stmt::Expr(value, None)] = body.stmts.as_slice() else {
        return false;
    };
    let mut value = value;
    loop {
        value = match value {
            Expr::Reference(it) => &it.expr,
            Expr::MethodCall(it) if it.args.is_empty() && it.method == "clone" => &it.receiver,
            Expr::Field(it) => {
                return matches!(&*it.base, Expr::Path(it) if it.path.is_ident("self"));
            }
            _ => return false,
        }
    }
}

/// A last statement `loop { .. }` that nothing leaves.
fn never_ends(body: &Block) -> bool {
    let Some(Stmt::Expr(Expr::Loop(it), _)) = body.stmts.last() else {
        return false;
    };
    let mut leaves = Leaves(false);
    leaves.visit_block(&it.body);
    // What a macro does is not known.
    !leaves.0
}

struct Leaves(bool);

impl<'ast> Visit<'ast> for Leaves {
    fn visit_expr(&mut self, it: &'ast Expr) {
        match it {
            Expr::Break(_) | Expr::Return(_) | Expr::Try(_) | Expr::Macro(_) => self.0 = true,
            Expr::Closure(_) | Expr::Async(_) => {}
            _ => visit::visit_expr(self, it),
        }
    }

    fn visit_stmt(&mut self, it: &'ast Stmt) {
        if let Stmt::Macro(it) = it {
            let name = it.mac.path.to_token_stream().to_string();
            self.0 |= !name.ends_with("observed_record") && !name.ends_with("observed_event");
        }
        visit::visit_stmt(self, it);
    }

    fn visit_item_fn(&mut self, _: &'ast ItemFn) {}
}

//! The one way in which expansions are shortened for the reference documentation, which states it:
//!
//! - a path from the root is written without its modules;
//! - a generated name is written without its prefix `__observed_`;
//! - a number is written without its type;
//! - lint levels are left out, and so is where an annotation stands: the end of `Site(..)`;
//! - what never runs is left out: `if false { .. }`, `if let Some(..) = None { .. }` and `const _`, all of which only the
//!   compiler reads.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Expr, ExprCall, File, Item, Lit, LitInt, Path, Stmt};

/// Shortens items.
pub(super) fn shortened(expansion: TokenStream) -> TokenStream {
    let mut file: File = syn::parse2(expansion).expect("an expansion parses");
    Shortening.visit_file_mut(&mut file);
    file.into_token_stream()
}

struct Shortening;

/// Name, kind, keys and scope; where it stands is behind them.
const SHOWN_OF_A_SITE: usize = 4;

impl VisitMut for Shortening {
    fn visit_path_mut(&mut self, path: &mut Path) {
        if path.leading_colon.take().is_some() {
            let last = path.segments.len() - 1;
            let segments = std::mem::replace(&mut path.segments, Punctuated::new());
            let shown = segments
                .into_iter()
                .enumerate()
                .filter(|(position, segment)| *position == last || !is_module(&segment.ident))
                .map(|(_, segment)| segment);
            path.segments = shown.collect();
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        let name = ident.to_string();
        let short = name
            .strip_prefix("__observed_")
            .or_else(|| name.strip_prefix("__OBSERVED_"));
        if let Some(short) = short {
            *ident = Ident::new(short, ident.span());
        }
    }

    fn visit_lit_int_mut(&mut self, number: &mut LitInt) {
        *number = LitInt::new(number.base10_digits(), number.span());
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("allow"));
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Site")) {
            let given = std::mem::take(&mut call.args).into_iter();
            call.args = given.take(SHOWN_OF_A_SITE).collect();
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(runs);
        visit_mut::visit_block_mut(self, block);
    }
}

fn is_module(ident: &Ident) -> bool {
    !ident.to_string().starts_with(char::is_uppercase)
}

fn runs(statement: &Stmt) -> bool {
    match statement {
        Stmt::Item(Item::Const(item)) => item.ident != "_",
        Stmt::Expr(Expr::If(choice), _) => !is_never(&choice.cond),
        _ => true,
    }
}

/// `false`, or `let Some(..) = None::<T>`.
fn is_never(condition: &Expr) -> bool {
    match condition {
        Expr::Lit(literal) => matches!(&literal.lit, Lit::Bool(value) if !value.value),
        Expr::Let(matching) => match &*matching.expr {
            Expr::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|segment| segment.ident == "None"),
            _ => false,
        },
        _ => false,
    }
}

#[test]
fn what_runs_stays_and_what_only_the_compiler_reads_does_not() {
    let expansion = quote::quote! {
        #[allow(unused, reason = "generated")]
        fn f() -> ::core::option::Option<u8> {
            if false {
                check();
            }
            if let ::core::option::Option::Some(__observed_result) = ::core::option::Option::None::<u8> {
                return __observed_result;
            }
            static __OBSERVED_SITE: ::observed_runtime::__private::Site = site(3usize);
            if checked {
                ::observed_runtime::__private::enter(&__OBSERVED_SITE);
            }
            {
                const _: () = ();
                facade::body()
            }
        }
    };
    let expected = quote::quote! {
        fn f() -> Option<u8> {
            static SITE: Site = site(3);
            if checked {
                enter(&SITE);
            }
            {
                facade::body()
            }
        }
    };
    assert_eq!(shortened(expansion).to_string(), expected.to_string());
}

//! What `#[async_trait]` makes of an `async fn` before `#[observed]` sees it: a function that returns a box, in which every
//! argument is bound again before the body.
//!
//! ```text
//! Input:  async fn f(&self, (a, b): (A, B)) -> T { body }
//! Output: fn f<'async_trait>(&'life0 self, __arg1: (A, B)) -> Pin<Box<dyn Future<Output = T> + Send + 'async_trait>> {
//!             Box::pin(async move {
//!                 if let Some(__ret) = None::<T> { return __ret; }
//!                 let __self = self; let (a, b) = { let __arg1 = __arg1; __arg1 };   // the head
//!                 let __ret: T = { body }; __ret                                     // the rest
//!             })
//!         }
//! ```

mod head;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, Pat, Signature};

use head::Head;

/// The parts of a body that `#[async_trait]` made.
pub struct Boxed {
    /// The path of the function that boxes.
    pub pin: TokenStream,
    /// The block of the `async move`.
    pub block: Group,
    /// What binds the arguments again.
    pub head: TokenStream,
    /// The body, and what returns its value.
    pub rest: Group,
    /// What the head calls `self`.
    pub receiver: Option<Ident>,
    /// The parameters that the head binds, by the patterns that were written.
    written: Vec<(Ident, Pat)>,
}

impl Boxed {
    /// Reads a body, if it is exactly what `#[async_trait]` makes: `Box::pin(async move { .. })`.
    pub(crate) fn read(signature: &Signature, body: &Group) -> Option<Self> {
        let output = signature.output.to_token_stream().to_string();
        if !output.contains("'async_trait") {
            return None;
        }
        let (pin, block) = pinned(body)?;
        let Head {
            tokens,
            rest,
            receiver,
            written,
        } = Head::read(signature, &block);
        let mut rest = Group::new(block.delimiter(), rest);
        rest.set_span(block.span());
        Some(Self {
            pin,
            block,
            head: tokens,
            rest,
            receiver,
            written,
        })
    }

    /// The signature with the patterns that were written.
    pub(crate) fn restored(&self, signature: &Signature) -> Signature {
        let mut restored = signature.clone();
        for argument in &mut restored.inputs {
            let FnArg::Typed(typed) = argument else {
                continue;
            };
            let Pat::Ident(name) = &*typed.pat else {
                continue;
            };
            let written = self.written.iter().find(|(it, _)| *it == name.ident);
            if let Some((_, pattern)) = written {
                *typed.pat = pattern.clone();
            }
        }
        restored
    }

    /// Whether a parameter's name stands for a pattern that was not found.
    pub(crate) fn hides(&self, name: &Ident) -> bool {
        let digits = name.to_string();
        let digits = digits.strip_prefix("__arg");
        let is_positional = digits.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
        is_positional && self.written.iter().all(|(it, _)| it != name)
    }
}

/// `Box::pin`, and the block that it is given.
fn pinned(body: &Group) -> Option<(TokenStream, Group)> {
    let mut tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    let Some(TokenTree::Group(argument)) = tokens.pop() else {
        return None;
    };
    let path_only = tokens.iter().all(|token| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    });
    let ends_in_pin = matches!(tokens.last(), Some(TokenTree::Ident(ident)) if ident == "pin");
    let mut inner = argument.stream().into_iter();
    match (inner.next(), inner.next(), inner.next(), inner.next()) {
        (
            Some(TokenTree::Ident(keyword)),
            Some(TokenTree::Ident(by)),
            Some(TokenTree::Group(block)),
            None,
        ) if path_only && ends_in_pin && keyword == "async" && by == "move" => {
            Some((tokens.into_iter().collect(), block))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::{ToTokens, quote};

    use crate::Diagnostics;
    use crate::function::{self, Function};

    /// A function as `#[async_trait]` makes it, with these statements in its box.
    fn read(block: &TokenStream) -> Function {
        let item = quote! {
            fn f<'async_trait>(&'life0 self, #[pii] __arg1: (A, B), text: &'life1 str, n: u32)
                -> Pin<Box<dyn Future<Output = T> + 'async_trait>> { Box::pin(async move { #block }) }
        };
        function::read(item, &mut Diagnostics::default()).unwrap()
    }

    /// The patterns that were written, and how many statements are the body's.
    fn shown(block: &TokenStream) -> (String, String) {
        let function = read(block);
        let written = function.written.inputs.to_token_stream().to_string();
        let rest = function.boxed.unwrap().rest.stream();
        (written.replace(' ', ""), rest.to_string())
    }

    #[test]
    fn patterns_are_read_off_the_statements_that_bind_them() {
        let written = "&'life0self,(a,mutb):(A,B),text:&'life1str,mutn:u32".to_owned();
        let body = quote!(let __ret: T = { body }; __ret);
        let hint = quote!(if let Some(__ret) = None::<T> {
            #[allow(unreachable_code)]
            return __ret;
        });
        for block in [
            quote!(#hint let __self = self; let (a, mut b) = { let __arg1 = __arg1; __arg1 }; let mut n = n; #body),
            quote!(let __self = self; let (a, mut b) = __arg1; #[cfg(all())] let mut n = n; #body),
        ] {
            assert_eq!(shown(&block), (written.clone(), body.to_string()));
        }
    }

    #[test]
    fn a_statement_of_the_body_is_not_taken_for_one_of_the_head() {
        let body = quote!(let n = text; let (a, b) = other; n);
        let (written, rest) = shown(&body);
        assert!(written.contains("__arg1") && rest == body.to_string());
    }

    #[test]
    fn a_marked_pattern_that_is_not_found_is_not_taken_for_a_name() {
        let unreadable = |block: &TokenStream| read(block).marked.unreadable.len();
        assert_eq!(unreadable(&quote!(let __self = self; __arg1.0)), 1);
        assert_eq!(unreadable(&quote!(let (a, b) = __arg1; a)), 0);
    }
}

//! The annotated item: a function whose body passes through unread.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, ReturnType, Signature, Type, Visibility};

use crate::async_trait::Boxed;
use crate::bindings::{self, Binding};
use crate::marks::{self, Marked};
use crate::tokens::maker_of;
use crate::{Diagnostics, Rule};

/// A function item; its body is kept as one token, so that nothing of it can change.
pub struct Function {
    /// The other attributes, in order.
    pub attrs: Vec<Attribute>,
    /// The visibility.
    pub vis: Visibility,
    /// Everything from `fn`'s qualifiers to the return type and `where` clause.
    pub sig: Signature,
    /// The block with its braces.
    pub body: Group,
    /// True for a body that a `macro_rules` passed on as `$body:block`.
    pub is_passed_on: bool,
    /// The parameters with the patterns that were written, also where `#[async_trait]` gave them names of its own.
    pub written: Signature,
    /// The body in its parts, if it is one that `#[async_trait]` made.
    pub boxed: Option<Boxed>,
    /// What the parameters marked `#[pii]` bind; the marks themselves are taken off.
    pub marked: Marked,
}

/// Reads the annotated item; what is not a function with a body is reported by what it is.
pub fn read(item: TokenStream, diagnostics: &mut Diagnostics) -> Option<Function> {
    let parsed = |input: ParseStream<'_>| {
        let read = Header::parse(input).map(|header| (header, input.parse::<TokenTree>().ok()));
        // What follows is either the body's siblings or an item of another kind; neither is ours to judge.
        let _: TokenStream = input.parse()?;
        read
    };
    match parsed.parse2(item.clone()) {
        Ok((header, Some(TokenTree::Group(body)))) if braces(&body).is_some() => {
            let is_passed_on = body.delimiter() == Delimiter::None;
            Some(header.with_body(braces(&body)?, is_passed_on))
        }
        Ok((header, _)) => {
            let message = "a trait function without a body has nothing to observe; annotate its \
                           implementations";
            diagnostics.report(Rule::NoBody, header.sig, message);
            None
        }
        Err(error) => {
            report_item(item, error, diagnostics);
            None
        }
    }
}

/// The block itself; one that a `macro_rules` passed on as `$body:block` comes in a group without delimiters.
fn braces(body: &Group) -> Option<Group> {
    match body.delimiter() {
        Delimiter::Brace => Some(body.clone()),
        Delimiter::None => match body.stream().into_iter().next() {
            Some(TokenTree::Group(inner)) => braces(&inner),
            _ => None,
        },
        _ => None,
    }
}

/// Takes off what a `macro_rules` puts around a type that it passed on as `$output:ty`: nobody wrote it, and it would hide an
/// `impl Future`.
fn ungroup(output: &mut ReturnType) {
    if let ReturnType::Type(_, ty) = output {
        while let Type::Group(group) = &mut **ty {
            **ty = std::mem::replace(&mut *group.elem, Type::Verbatim(TokenStream::new()));
        }
    }
}

struct Header {
    attrs: Vec<Attribute>,
    vis: Visibility,
    sig: Signature,
}

impl Header {
    fn with_body(mut self, body: Group, is_passed_on: bool) -> Function {
        ungroup(&mut self.sig.output);
        let boxed = Boxed::read(&self.sig, &body);
        let mut written = match &boxed {
            Some(boxed) => boxed.restored(&self.sig),
            None => self.sig.clone(),
        };
        let marked = marks::take(&mut written, boxed.as_ref());
        marks::take(&mut self.sig, None);
        Function {
            attrs: self.attrs,
            vis: self.vis,
            sig: self.sig,
            body,
            is_passed_on,
            written,
            boxed,
            marked,
        }
    }
}

impl Parse for Header {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            sig: input.parse()?,
        })
    }
}

/// Says what the item is, if it is not a function; a broken function keeps the parser's own error.
fn report_item(item: TokenStream, error: syn::Error, diagnostics: &mut Diagnostics) {
    const ITEMS: &[(&str, &str)] = &[
        ("impl", "an `impl` block"),
        ("trait", "a trait"),
        ("mod", "a module"),
        ("struct", "a struct"),
        ("enum", "an enum"),
        ("union", "a union"),
        ("static", "a static"),
        ("type", "a type alias"),
        ("use", "an import"),
        ("let", "a statement"),
        ("move", "a closure"),
    ];
    if let Some(maker) = maker_of(item.clone()) {
        let message = format!(
            "#[{maker}] repeats #[observed] on what it makes, which is not the function that was written; annotate a function \
             that #[{maker}] does not see, such as the method of the implementation"
        );
        diagnostics.report(Rule::UnsupportedItem, item, message);
        return;
    }
    let mut is_function = false;
    for token in item {
        let written = match &token {
            TokenTree::Ident(ident) => ident.to_string(),
            TokenTree::Punct(punct) if punct.as_char() == '|' => "move".to_owned(),
            TokenTree::Group(_) if !is_function => continue,
            TokenTree::Group(_) => break,
            _ => continue,
        };
        is_function |= written == "fn";
        if let Some((_, what)) = ITEMS
            .iter()
            .find(|(keyword, _)| *keyword == written && !is_function)
        {
            let message = format!(
                "#[observed] goes on one function, not on {what}: a reviewer must see, function by function, \
                 what is recorded"
            );
            diagnostics.report(Rule::UnsupportedItem, token, message);
            return;
        }
    }
    diagnostics.merge(error);
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attrs);
        self.vis.to_tokens(tokens);
        self.sig.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

impl Function {
    /// Returns true for an `async fn`.
    #[must_use]
    pub fn is_async(&self) -> bool {
        self.sig.asyncness.is_some()
    }

    /// Lists the names that the parameters bind, `self` first.
    #[must_use]
    pub fn bindings(&self) -> Vec<Binding> {
        bindings::of_signature(&self.written)
    }

    /// Finds one of the other attributes by its name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attrs
            .iter()
            .find(|attribute| attribute.path().is_ident(name))
    }
}

//! The annotated item: a function whose body passes through unread.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Item, Signature, Visibility};

use crate::bindings::{self, Binding};
use crate::{Diagnostics, Rule, marks};

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
    /// What the parameters marked `#[pii]` bind; the marks themselves are taken off.
    pub marked: Vec<Ident>,
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
        Ok((mut header, Some(TokenTree::Group(body)))) if braces(&body).is_some() => {
            let marked = marks::take(&mut header.sig);
            Some(Function {
                attrs: header.attrs,
                vis: header.vis,
                sig: header.sig,
                body: braces(&body)?,
                marked,
            })
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

struct Header {
    attrs: Vec<Attribute>,
    vis: Visibility,
    sig: Signature,
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
    let mut is_function = false;
    for token in item {
        let word = match &token {
            TokenTree::Ident(ident) => ident.to_string(),
            TokenTree::Punct(punct) if punct.as_char() == '|' => "move".to_owned(),
            TokenTree::Group(_) if !is_function => continue,
            TokenTree::Group(_) => break,
            _ => continue,
        };
        is_function |= word == "fn";
        if let Some((_, what)) = ITEMS
            .iter()
            .find(|(keyword, _)| *keyword == word && !is_function)
        {
            let message = format_args!(
                "#[observed] goes on one function, not on {what}: a reviewer must see, function by function, \
                 what is recorded"
            );
            diagnostics.report(Rule::UnsupportedItem, token, message);
            return;
        }
    }
    diagnostics.merge(error);
}

/// The block that `#[async_trait]` put into a box, if this body is exactly what it makes: `Box::pin(async move { .. })`.
#[must_use]
pub fn async_trait_block(function: &Function) -> Option<AsyncTraitBlock> {
    let output = function.sig.output.to_token_stream().to_string();
    if !output.contains("'async_trait") {
        return None;
    }
    let mut tokens: Vec<TokenTree> = function.body.stream().into_iter().collect();
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
            Some(AsyncTraitBlock {
                pin: tokens.into_iter().collect(),
                block,
            })
        }
        _ => None,
    }
}

/// The parts of a body that `#[async_trait]` made.
pub struct AsyncTraitBlock {
    /// The path of the function that boxes.
    pub pin: TokenStream,
    /// The block of the `async move`.
    pub block: Group,
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attrs);
        self.vis.to_tokens(tokens);
        self.sig.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

/// Splits a block into what must stay first, its inner attributes (`#![...]`), and its statements.
#[must_use]
pub fn split_inner_attributes(body: &Group) -> (TokenStream, TokenStream) {
    let parser = |input: ParseStream<'_>| {
        let mut head = TokenStream::new();
        head.append_all(input.call(Attribute::parse_inner)?);
        Ok((head, input.parse::<TokenStream>()?))
    };
    match body.stream().into_iter().next() {
        Some(TokenTree::Punct(hash)) if hash.as_char() == '#' => parser
            .parse2(body.stream())
            .unwrap_or_else(|_| (TokenStream::new(), body.stream())),
        _ => (TokenStream::new(), body.stream()),
    }
}

const ITEMS: &[&str] = &[
    "const", "enum", "fn", "impl", "mod", "static", "struct", "trait", "type", "use", "async",
    "unsafe",
];

/// Splits a block into what must stay first, its inner attributes and leading items, and its statements.
///
/// Items may stand anywhere in a block, but after a statement of ours they would stand where a lint does not want them.
#[must_use]
pub fn split_head(body: &Group) -> (TokenStream, TokenStream) {
    let (mut head, statements) = split_inner_attributes(body);
    let may_begin_with_item = |statements: &TokenStream| match statements.clone().into_iter().next()
    {
        Some(TokenTree::Ident(word)) => ITEMS.iter().any(|item| word == item),
        Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
        _ => false,
    };
    if !may_begin_with_item(&statements) {
        return (head, statements);
    }
    let parser = |input: ParseStream<'_>| {
        let mut items = TokenStream::new();
        loop {
            let ahead = input.fork();
            match ahead.parse::<Item>() {
                // What only looks like an item (`const { .. }`, a macro call) is a statement.
                Ok(item) if !matches!(item, Item::Macro(_) | Item::Verbatim(_)) => {
                    input.advance_to(&ahead);
                    item.to_tokens(&mut items);
                }
                _ => return Ok((items, input.parse::<TokenStream>()?)),
            }
        }
    };
    match parser.parse2(statements.clone()) {
        Ok((items, statements)) => {
            head.extend(items);
            (head, statements)
        }
        Err(_) => (head, statements),
    }
}

/// True when a block may have items of its own, which hide what has their names outside.
#[must_use]
pub fn has_items(body: &Group) -> bool {
    let mut tokens = body.stream().into_iter();
    tokens.any(
        |token| matches!(&token, TokenTree::Ident(word) if ITEMS.iter().any(|item| word == item)),
    )
}

impl Function {
    /// True for an `async fn`.
    #[must_use]
    pub fn is_async(&self) -> bool {
        self.sig.asyncness.is_some()
    }

    /// Lists the names that the parameters bind, `self` first.
    #[must_use]
    pub fn bindings(&self) -> Vec<Binding> {
        bindings::of_signature(&self.sig)
    }

    /// One of the other attributes, by its name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attrs
            .iter()
            .find(|attribute| attribute.path().is_ident(name))
    }
}

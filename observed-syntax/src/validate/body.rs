//! What the body of an annotated function records by itself: `observed_span!(..)`, `observed_event!(..)` and
//! `handle.set(..)`. It is read, and nothing in it is changed.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use crate::Diagnostics;
use crate::model::Late;
use crate::parse::{self, Form};
use crate::tokens::idents;

/// The expressions that a body records.
#[derive(Default)]
pub(super) struct Recorded {
    /// In spans and events, which check themselves; what they cannot know is the function around them.
    pub(super) attributes: Vec<Expr>,
    /// Given to late attributes.
    pub(super) late: Vec<Expr>,
}

/// Looks through a body, however deep.
pub(super) fn recorded(body: TokenStream, late: &[Late]) -> Recorded {
    let mut recorded = Recorded::default();
    recorded.look_through(body, late);
    recorded
}

impl Recorded {
    fn look_through(&mut self, body: TokenStream, late: &[Late]) {
        let tokens: Vec<TokenTree> = body.into_iter().collect();
        for (position, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            let before = &tokens[..position];
            if let Some(form) = macro_before(before) {
                self.attributes.extend(in_macro(group.stream(), form));
            } else if sets_handle(before, group.stream(), late) {
                self.late.extend(arguments(group.stream()));
            } else {
                self.look_through(group.stream(), late);
            }
        }
    }
}

fn macro_before(before: &[TokenTree]) -> Option<Form> {
    let [.., TokenTree::Ident(word), TokenTree::Punct(bang)] = before else {
        return None;
    };
    let word = word.unraw();
    match bang.as_char() {
        '!' if word == "observed_span" => Some(Form::Span),
        '!' if word == "observed_event" => Some(Form::Event),
        _ => None,
    }
}

/// `handle.set(..)`, or `Late::set(handle, ..)`; of the latter the whole group counts.
fn sets_handle(before: &[TokenTree], arguments: TokenStream, late: &[Late]) -> bool {
    let is_handle = |ident: &Ident| late.iter().any(|late| late.handle.unraw() == ident.unraw());
    match before {
        [
            ..,
            TokenTree::Ident(handle),
            TokenTree::Punct(dot),
            TokenTree::Ident(set),
        ] if dot.as_char() == '.' => set.unraw() == "set" && is_handle(handle),
        [.., TokenTree::Punct(colon), TokenTree::Ident(set)] if colon.as_char() == ':' => {
            set.unraw() == "set" && idents(arguments).iter().any(is_handle)
        }
        _ => false,
    }
}

fn in_macro(arguments: TokenStream, form: Form) -> Vec<Expr> {
    // The macro reports its own mistakes.
    let mut ignored = Diagnostics::default();
    let read = parse::arguments(arguments, form, &mut ignored);
    let attributes = read
        .attrs
        .get()
        .into_iter()
        .flatten()
        .map(|entry| entry.value.clone());
    attributes.chain(read.links.get().cloned()).collect()
}

fn arguments(tokens: TokenStream) -> Vec<Expr> {
    Punctuated::<Expr, Token![,]>::parse_terminated
        .parse2(tokens)
        .map(|expressions| expressions.into_iter().collect())
        .unwrap_or_default()
}

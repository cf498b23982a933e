//! A stable number of what leaves at an annotation: the same from the macro's tokens and from the source text.
//!
//! It covers name, kind and scope, every key with its wrapper, its reason and its expression, `err`, `links` and what is
//! declared late. Where the annotation stands, its parent and the path of the runtime are left out: they change nothing of
//! what leaves. It finds changes, it proves nothing: FNV-1a is no defence against somebody who looks for a collision.

use std::fmt;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Expr;

use crate::hash::fnv1a;
use crate::model::{Attribute, Event, Kind, Late, ObservedFn, Reading, Span};
use crate::parse::LateType;

/// The fingerprint of one site; it prints as sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// Computes the fingerprint of an annotated function.
#[must_use]
pub fn of_function(model: &ObservedFn) -> Fingerprint {
    let mut parts = Parts::of_span(&model.span);
    for late in &model.late {
        parts.late(late);
    }
    if let Some(err) = &model.err {
        parts.add("err", &canonical(err.code.to_token_stream()));
    }
    parts.fingerprint()
}

/// Computes the fingerprint of `observed_span!(..)`.
#[must_use]
pub fn of_span(model: &Span) -> Fingerprint {
    Parts::of_span(model).fingerprint()
}

/// Computes the fingerprint of `observed_event!(..)`.
#[must_use]
pub fn of_event(model: &Event) -> Fingerprint {
    let mut parts = Parts::new();
    parts.add("event", &model.name.value());
    parts.attributes(&model.attributes);
    parts.fingerprint()
}

/// Writes tokens as text that does not depend on blanks, line ends or who made the tokens.
#[must_use]
pub fn canonical(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    // What a `macro_rules` passed on; a source reader sees no such groups.
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Ident(ident) => word(&ident.to_string(), text),
            TokenTree::Literal(literal) => word(&literal.to_string(), text),
            TokenTree::Punct(punct) => text.push(punct.as_char()),
        }
    }
}

/// Two words stay two.
fn word(word: &str, text: &mut String) {
    if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
        text.push(' ');
    }
    text.push_str(word);
}

/// An expression as text; of a name that stands alone at once.
fn value(expression: &Expr) -> String {
    match expression {
        Expr::Path(path) if path.qself.is_none() && path.attrs.is_empty() => {
            let name = path.path.get_ident().map(Ident::to_string);
            name.unwrap_or_else(|| canonical(path.to_token_stream()))
        }
        other => canonical(other.to_token_stream()),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Internal => "Internal",
        Kind::Server => "Server",
        Kind::Client => "Client",
        Kind::Producer => "Producer",
        Kind::Consumer => "Consumer",
    }
}

/// What is hashed; each part says its length, so that no two lists of parts are one text.
struct Parts(String);

impl Parts {
    fn new() -> Self {
        // As many bytes as most need.
        Self(String::with_capacity(512))
    }

    fn of_span(span: &Span) -> Self {
        let mut parts = Self::new();
        parts.add("span", &span.name.value());
        if let Some(route) = &span.route {
            parts.add("method", &canonical(route.method.to_token_stream()));
            parts.add("template", &canonical(route.template.to_token_stream()));
        }
        parts.add("kind", kind(span.kind));
        if let Some(scope) = &span.scope {
            parts.add("scope", scope);
        }
        parts.attributes(&span.attributes);
        if let Some(links) = &span.links {
            parts.add("links", &canonical(links.to_token_stream()));
        }
        parts
    }

    fn add(&mut self, what: &str, text: &str) {
        // Piece by piece: a macro is not optimised, and formatting costs it ten times as much.
        for piece in [what, " ", &text.len().to_string(), ":", text, ";"] {
            self.0.push_str(piece);
        }
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            self.add("key", &attribute.key);
            let wrapper = Reading::WRAPPERS
                .iter()
                .find(|(_, reading)| *reading == attribute.reading);
            if let Some((wrapper, _)) = wrapper {
                self.add("wrapper", wrapper);
            }
            self.reason(attribute.not_pii.as_ref());
            self.add("value", &value(&attribute.value));
        }
    }

    fn late(&mut self, late: &Late) {
        self.add("late", &late.key);
        self.reason(late.not_pii.as_ref());
        match &late.ty {
            LateType::Text => self.add("text", ""),
            LateType::Error => self.add("error", ""),
            LateType::Value(ty) => self.add("type", &canonical(ty.to_token_stream())),
        }
    }

    fn reason(&mut self, not_pii: Option<&String>) {
        if let Some(reason) = not_pii {
            self.add("not_pii", reason);
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint(fnv1a(&self.0))
    }
}

#[cfg(test)]
mod tests;

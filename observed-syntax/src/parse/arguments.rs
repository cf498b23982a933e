//! The arguments as written: `name`, `attrs(...)`, `kind`, `err`, `parent`.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Token};

use super::attributes::{self, AttributeEntry};
use super::{Slot, keyword, skip_entry};
use crate::{Diagnostics, Rule};

/// Where the arguments were written; not every argument belongs everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `#[observed(...)]` on a function.
    Attribute,
    /// `observed_span!(...)` in a block.
    Span,
}

impl Form {
    fn allowed(self) -> &'static [&'static str] {
        match self {
            Form::Attribute => keyword::ALL,
            Form::Span => &[
                keyword::NAME,
                keyword::ATTRS,
                keyword::KIND,
                keyword::PARENT,
            ],
        }
    }

    fn shown(self) -> &'static str {
        match self {
            Form::Attribute => "#[observed]",
            Form::Span => "observed_span!",
        }
    }
}

/// What was written, each argument at most once.
pub struct Arguments {
    /// `name = "..."`.
    pub name: Slot<LitStr>,
    /// `attrs(...)`.
    pub attrs: Slot<Vec<AttributeEntry>>,
    /// `kind = ...`.
    pub kind: Slot<Ident>,
    /// `err`.
    pub err: Slot<Ident>,
    /// `parent = expr`.
    pub parent: Slot<Expr>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            name: Slot::empty(keyword::NAME),
            attrs: Slot::empty(keyword::ATTRS),
            kind: Slot::empty(keyword::KIND),
            err: Slot::empty(keyword::ERR),
            parent: Slot::empty(keyword::PARENT),
        }
    }
}

impl Arguments {
    pub(super) fn read(
        &mut self,
        input: ParseStream<'_>,
        form: Form,
        diagnostics: &mut Diagnostics,
    ) {
        while !input.is_empty() {
            if self.read_one(input, form, diagnostics).is_none() {
                skip_entry(input);
            } else if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                let message = "expected `,` before the next argument";
                diagnostics.report(Rule::MalformedArgument, next_token(input), message);
                skip_entry(input);
            }
        }
    }

    /// Reads one argument; `None` when the rest of it must be skipped.
    fn read_one(
        &mut self,
        input: ParseStream<'_>,
        form: Form,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let Ok(word) = input.call(Ident::parse_any) else {
            let message = format_args!("expected an argument: {}", listed(form.allowed()));
            diagnostics.report(Rule::MalformedArgument, next_token(input), message);
            return None;
        };
        let name = word.to_string();
        if !form.allowed().contains(&name.as_str()) {
            if report_foreign(&word, form, diagnostics) == Some(keyword::NAME) {
                // It is not missing, it is misspelt; one message is enough.
                self.name.expect();
            }
            return None;
        }
        match name.as_str() {
            keyword::NAME => self.read_name(&word, input, diagnostics),
            keyword::ATTRS => self.read_attrs(&word, input, diagnostics),
            keyword::KIND => self.read_kind(&word, input, diagnostics),
            keyword::PARENT => self.read_parent(&word, input, diagnostics),
            _ => {
                if self.err.mark(&word, diagnostics) {
                    self.err.fill(word);
                }
                Some(())
            }
        }
    }

    fn read_name(
        &mut self,
        word: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let fresh = self.name.mark(word, diagnostics);
        equals(word, "a string literal", input, diagnostics)?;
        let Ok(literal) = input.parse::<LitStr>() else {
            let message = "`name` must be a string literal, so that every span of a code base can be \
                           listed without building it; write name = \"verb_object\"";
            diagnostics.report(Rule::NameLiteral, next_token(input), message);
            return None;
        };
        if fresh {
            self.name.fill(literal);
        }
        Some(())
    }

    fn read_attrs(
        &mut self,
        word: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let fresh = self.attrs.mark(word, diagnostics);
        if !input.peek(syn::token::Paren) {
            let message =
                "`attrs` takes a list in parentheses: attrs(order.lines = order.lines.len())";
            diagnostics.report(Rule::MalformedArgument, word, message);
            return None;
        }
        let content = parenthesized(input)?;
        let entries = attributes::read_all(content, diagnostics);
        if fresh {
            self.attrs.fill(entries);
        }
        Some(())
    }

    fn read_kind(
        &mut self,
        word: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let fresh = self.kind.mark(word, diagnostics);
        equals(
            word,
            "internal, server, client, producer or consumer",
            input,
            diagnostics,
        )?;
        let Ok(kind) = input.call(Ident::parse_any) else {
            let message = "`kind` is a bare word: internal, server, client, producer or consumer";
            diagnostics.report(Rule::MalformedArgument, next_token(input), message);
            return None;
        };
        if fresh {
            self.kind.fill(kind);
        }
        Some(())
    }

    fn read_parent(
        &mut self,
        word: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let fresh = self.parent.mark(word, diagnostics);
        equals(word, "an expression of type &Context", input, diagnostics)?;
        match input.parse::<Expr>() {
            Ok(parent) => {
                if fresh {
                    self.parent.fill(parent);
                }
                Some(())
            }
            Err(error) => {
                diagnostics.merge(error);
                None
            }
        }
    }
}

/// The content of the parentheses ahead; the caller has seen that they are there.
fn parenthesized(input: ParseStream<'_>) -> Option<proc_macro2::TokenStream> {
    match input.parse() {
        Ok(proc_macro2::TokenTree::Group(group)) => Some(group.stream()),
        _ => None,
    }
}

fn equals(
    word: &Ident,
    expected: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    if input.parse::<Token![=]>().is_err() {
        let message = format_args!("`{word}` needs a value: write {word} = {expected}");
        diagnostics.report(Rule::MalformedArgument, word, message);
        return None;
    }
    Some(())
}

/// An argument that this form does not take: of another form, misspelt, or unknown. Returns what was probably meant.
fn report_foreign(word: &Ident, form: Form, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let name = word.to_string();
    let shown = form.shown();
    let valid = listed(form.allowed());
    if keyword::ALL.contains(&name.as_str()) {
        let message =
            format_args!("`{name}` belongs to #[observed] on a function; {shown} takes {valid}");
        diagnostics.report(Rule::MisplacedArgument, word, message);
        return None;
    }
    let near = keyword::nearest(&name, form.allowed());
    let hint = near
        .map(|near| format!(" did you mean `{near}`?"))
        .unwrap_or_default();
    let message = format_args!("unknown argument `{name}`;{hint} {shown} takes {valid}");
    diagnostics.report(Rule::UnknownArgument, word, message);
    near
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// The token ahead, to point at; at the end of the input there is none and the whole argument is meant.
pub(super) fn next_token(input: ParseStream<'_>) -> proc_macro2::TokenStream {
    input
        .fork()
        .parse::<proc_macro2::TokenTree>()
        .map(proc_macro2::TokenStream::from)
        .unwrap_or_default()
}

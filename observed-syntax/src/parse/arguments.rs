//! The arguments as written, each at most once.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, LitStr, Path, Token};

use super::attributes::{self, AttributeEntry};
use super::cursor::{next_token, skip_entry};
use super::form::Form;
use super::keyword;
use super::late::{self, LateEntry};
use super::name::{self, NameArgument};
use super::read::{self, ErrArgument};
use super::slot::Slot;
use crate::{Diagnostics, Rule};

/// Reads the arguments written in `form`; what could not be read is reported and skipped, never guessed.
pub fn arguments(tokens: TokenStream, form: Form, diagnostics: &mut Diagnostics) -> Arguments {
    let mut arguments = Arguments::default();
    let parser = |input: ParseStream<'_>| {
        arguments.read(input, form, diagnostics);
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        diagnostics.merge(error);
    }
    arguments
}

/// The arguments of one annotation as written.
pub struct Arguments {
    /// `name = "..."`, `name = route(...)`.
    pub name: Slot<NameArgument>,
    /// `attrs(...)`.
    pub attrs: Slot<Vec<AttributeEntry>>,
    /// `late(...)`.
    pub late: Slot<Vec<LateEntry>>,
    /// `kind = ...`.
    pub kind: Slot<Ident>,
    /// `err`, `err = expr`.
    pub err: Slot<ErrArgument>,
    /// `parent = expr`.
    pub parent: Slot<Expr>,
    /// `root`.
    pub root: Slot<Ident>,
    /// `links(expr)`.
    pub links: Slot<Expr>,
    /// `scope = "..."`.
    pub scope: Slot<LitStr>,
    /// `future`.
    pub future: Slot<Ident>,
    /// `crate = path`.
    pub runtime: Slot<Path>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            name: Slot::empty(keyword::NAME),
            attrs: Slot::empty(keyword::ATTRS),
            late: Slot::empty(keyword::LATE),
            kind: Slot::empty(keyword::KIND),
            err: Slot::empty(keyword::ERR),
            parent: Slot::empty(keyword::PARENT),
            root: Slot::empty(keyword::ROOT),
            links: Slot::empty(keyword::LINKS),
            scope: Slot::empty(keyword::SCOPE),
            future: Slot::empty(keyword::FUTURE),
            runtime: Slot::empty(keyword::CRATE),
        }
    }
}

impl Arguments {
    fn read(&mut self, input: ParseStream<'_>, form: Form, diagnostics: &mut Diagnostics) {
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
        if input.peek(LitStr) {
            let literal = next_token(input);
            let message = format!("a bare text is no argument; write name = {literal}");
            diagnostics.report(Rule::MalformedArgument, &literal, message);
            self.name.expect();
            return None;
        }
        let Ok(keyword) = input.call(Ident::parse_any) else {
            let message = format!("expected an argument: {}", form.listed());
            diagnostics.report(Rule::MalformedArgument, next_token(input), message);
            return None;
        };
        let word = keyword.to_string();
        if !form.allowed().contains(&word.as_str()) {
            if form.report_foreign(&keyword, diagnostics) == Some(keyword::NAME) {
                // It is not missing, it is misspelt; one message is enough.
                self.name.expect();
            }
            return None;
        }
        match word.as_str() {
            keyword::NAME => self.name.take(&keyword, input, diagnostics, name::name),
            keyword::ATTRS => self
                .attrs
                .take(&keyword, input, diagnostics, attributes::read),
            keyword::LATE => self.late.take(&keyword, input, diagnostics, late::read),
            keyword::KIND => self.kind.take(&keyword, input, diagnostics, read::kind),
            keyword::ERR => self.err.take(&keyword, input, diagnostics, read::err),
            keyword::PARENT => self.parent.take(&keyword, input, diagnostics, read::parent),
            keyword::ROOT => self.root.take(&keyword, input, diagnostics, read::bare),
            keyword::LINKS => self.links.take(&keyword, input, diagnostics, read::links),
            keyword::SCOPE => self.scope.take(&keyword, input, diagnostics, read::scope),
            keyword::FUTURE => self.future.take(&keyword, input, diagnostics, read::bare),
            _ => self
                .runtime
                .take(&keyword, input, diagnostics, read::runtime),
        }
    }
}

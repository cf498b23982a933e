//! The arguments as written, each at most once.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token};

use super::attributes::{self, AttributeEntry};
use super::late::{self, LateEntry};
use super::{Slot, keyword, read, skip_entry};
use crate::{Diagnostics, Rule};

/// Where the arguments were written; not every argument belongs everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `#[observed(...)]` on a function.
    Attribute,
    /// `observed_span!(...)` in a block.
    Span,
    /// `observed_event!(...)` in a block.
    Event,
}

impl Form {
    fn allowed(self) -> &'static [&'static str] {
        match self {
            Form::Attribute => keyword::OF_ATTRIBUTE,
            Form::Span => keyword::OF_SPAN,
            Form::Event => keyword::OF_EVENT,
        }
    }

    fn shown(self) -> &'static str {
        match self {
            Form::Attribute => "#[observed]",
            Form::Span => "observed_span!",
            Form::Event => "observed_event!",
        }
    }
}

/// The word `err` with the code that was chosen, if one was.
pub struct ErrArgument {
    /// The word, to point at.
    pub word: Ident,
    /// The expression after `err =`.
    pub code: Option<Expr>,
}

/// What was written.
pub struct Arguments {
    /// `name = "..."`.
    pub name: Slot<LitStr>,
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
                diagnostics.report(Rule::MalformedArgument, read::next_token(input), message);
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
            let literal = read::next_token(input);
            let message = format_args!("a bare text is no argument; write name = {literal}");
            diagnostics.report(Rule::MalformedArgument, &literal, message);
            self.name.expect();
            return None;
        }
        let Ok(word) = input.call(Ident::parse_any) else {
            let message = format_args!("expected an argument: {}", listed(form.allowed()));
            diagnostics.report(Rule::MalformedArgument, read::next_token(input), message);
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
            keyword::NAME => self.name.take(&word, input, diagnostics, read::name),
            keyword::ATTRS => self.attrs.take(&word, input, diagnostics, attributes::read),
            keyword::LATE => self.late.take(&word, input, diagnostics, late::read),
            keyword::KIND => self.kind.take(&word, input, diagnostics, read::kind),
            keyword::ERR => self.err.take(&word, input, diagnostics, read::err),
            keyword::PARENT => self.parent.take(&word, input, diagnostics, read::parent),
            keyword::ROOT => self.root.take(&word, input, diagnostics, read::flag),
            keyword::LINKS => self.links.take(&word, input, diagnostics, read::links),
            keyword::SCOPE => self.scope.take(&word, input, diagnostics, read::scope),
            keyword::FUTURE => self.future.take(&word, input, diagnostics, read::flag),
            _ => self.runtime.take(&word, input, diagnostics, read::runtime),
        }
    }
}

/// An argument that this form does not take: of another form, misspelt, or unknown. Returns what was probably meant.
fn report_foreign(word: &Ident, form: Form, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let name = word.to_string();
    let shown = form.shown();
    let valid = listed(form.allowed());
    if keyword::OF_ATTRIBUTE.contains(&name.as_str()) {
        let message =
            format_args!("`{name}` belongs to #[observed] on a function; {shown} takes {valid}");
        diagnostics.report(Rule::MisplacedArgument, word, message);
        return None;
    }
    let near = keyword::nearest(&name, form.allowed());
    let hint = keyword::of_other_libraries(&name)
        .map(|hint| format!(" {hint};"))
        .or_else(|| near.map(|near| format!(" did you mean `{near}`?")))
        .unwrap_or_default();
    let message = format_args!("unknown argument `{name}`;{hint} {shown} takes {valid}");
    diagnostics.report(Rule::UnknownArgument, word, message);
    near
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

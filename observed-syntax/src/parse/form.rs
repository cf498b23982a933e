//! The three forms of an annotation, and what each says of an argument that it does not take.

use proc_macro2::Ident;

use super::keyword;
use crate::{Diagnostics, Rule};

/// The form in which arguments were written; not every argument belongs in every form.
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
    /// Lists the keywords of the arguments that this form takes.
    pub(super) fn allowed(self) -> &'static [&'static str] {
        match self {
            Form::Attribute => keyword::OF_ATTRIBUTE,
            Form::Span => keyword::OF_SPAN,
            Form::Event => keyword::OF_EVENT,
        }
    }

    /// Lists the same for a message.
    pub(super) fn listed(self) -> String {
        let quoted: Vec<String> = self
            .allowed()
            .iter()
            .map(|keyword| format!("`{keyword}`"))
            .collect();
        quoted.join(", ")
    }

    /// Reports an argument that this form does not take: of another form, misspelt, or unknown. Returns the keyword
    /// that was probably meant.
    pub(super) fn report_foreign(
        self,
        keyword: &Ident,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'static str> {
        let written = keyword.to_string();
        let (shown, valid) = (self.shown(), self.listed());
        if keyword::OF_ATTRIBUTE.contains(&written.as_str()) {
            let message =
                format!("`{written}` belongs to #[observed] on a function; {shown} takes {valid}");
            diagnostics.report(Rule::MisplacedArgument, keyword, message);
            return None;
        }
        let near = keyword::nearest(&written, self.allowed());
        let hint = keyword::of_other_libraries(&written)
            .map(|hint| format!(" {hint};"))
            .or_else(|| near.map(|near| format!(" did you mean `{near}`?")))
            .unwrap_or_default();
        let message = format!("unknown argument `{written}`;{hint} {shown} takes {valid}");
        diagnostics.report(Rule::UnknownArgument, keyword, message);
        near
    }

    fn shown(self) -> &'static str {
        match self {
            Form::Attribute => "#[observed]",
            Form::Span => "observed_span!",
            Form::Event => "observed_event!",
        }
    }
}

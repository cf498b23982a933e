//! Whether the text is coloured.

use std::io::IsTerminal;

/// Plain text, or text with ANSI colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// No escape sequences.
    #[default]
    Plain,
    /// ANSI colours.
    Coloured,
}

impl Style {
    /// Coloured on a terminal, unless `NO_COLOR` is set to anything (<https://no-color.org>).
    #[must_use]
    pub fn for_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if std::io::stdout().is_terminal() && !refused {
            Style::Coloured
        } else {
            Style::Plain
        }
    }

    pub(super) fn paint(self, text: &str, colour: Colour) -> String {
        match self {
            Style::Plain => text.to_owned(),
            Style::Coloured => format!("\x1b[{}m{text}\x1b[0m", colour as u8),
        }
    }
}

/// The colours in use, by their ANSI code.
#[derive(Clone, Copy, Debug)]
pub(super) enum Colour {
    Bold = 1,
    Dim = 2,
    Red = 31,
    Cyan = 36,
}

//! What is wrong with a list.

use std::error::Error;
use std::fmt;

/// Everything that is wrong with a list, one line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) line: Option<usize>,
    pub(super) text: String,
}

impl Mistakes {
    pub(super) fn none_or(mistakes: Vec<Mistake>) -> Result<(), Self> {
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(Self(mistakes))
        }
    }

    #[cfg(feature = "toml")]
    pub(super) fn one(line: Option<usize>, text: String) -> Self {
        Self(vec![Mistake { line, text }])
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Mistake { line, text }) in self.0.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            match line {
                Some(line) => write!(f, "{end}line {line}: {text}")?,
                None => write!(f, "{end}{text}")?,
            }
        }
        Ok(())
    }
}

impl Error for Mistakes {}

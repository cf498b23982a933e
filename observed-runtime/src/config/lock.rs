//! `OBSERVED_LOCK`: whether only what was reviewed leaves.

use std::sync::Arc;

use super::Reader;
use crate::policy::Lock;

/// What becomes of what the lock does not hold as reviewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nobody asks.
    #[default]
    Off,
    /// It leaves, counted and named.
    Warn,
    /// It does not leave.
    Enforce,
}

impl Mode {
    /// As the setting has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Enforce => "enforce",
        }
    }
}

/// The lock of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Locked {
    pub(crate) mode: Mode,
    /// Which lock it is; none where the program was built without, or cannot export.
    pub(crate) digest: Option<String>,
    /// What is asked; none where nobody asks.
    pub(crate) lock: Option<Arc<Lock>>,
}

const VARIABLE: &str = "OBSERVED_LOCK";

pub(super) fn read(text: Option<&str>, reader: &mut Reader<'_>) -> Locked {
    let word = reader.text(VARIABLE).map(|word| word.to_ascii_lowercase());
    let mode = match word.as_deref() {
        None if text.is_some() => Mode::Enforce,
        None | Some("off") => Mode::Off,
        Some("warn") => Mode::Warn,
        Some("enforce") => Mode::Enforce,
        Some(_) => {
            reader.reject(VARIABLE, "off, warn or enforce");
            Mode::Enforce
        }
    };
    let Some(text) = text else {
        if mode != Mode::Off {
            reader.refuse(
                VARIABLE,
                "the program was built without a lock (Tracing::builder(..).lock(include_str!(..)))",
            );
        }
        return Locked::default();
    };
    #[cfg(feature = "otlp")]
    let digest = Some(crate::policy::digest(text));
    #[cfg(not(feature = "otlp"))]
    let digest = None;
    if mode == Mode::Off {
        reader.warn(
            VARIABLE,
            "off: what nobody reviewed leaves too, though the program was built with a lock",
        );
        return Locked {
            mode,
            digest,
            lock: None,
        };
    }
    let lock = Lock::parse(text)
        .map_err(|problem| reader.fail(problem))
        .ok();
    Locked {
        mode,
        digest,
        lock: lock.map(Arc::new),
    }
}

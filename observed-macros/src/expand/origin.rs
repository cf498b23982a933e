//! Where the annotation stands that is being expanded, as far as a macro knows it.

use proc_macro2::Span;

/// A place in the source, each part empty or zero where it is not known.
pub(super) struct Origin {
    /// The package that is compiled.
    pub(super) package: String,
    pub(super) version: String,
    pub(super) file: String,
    pub(super) line: u32,
}

impl Origin {
    /// Cargo tells the compiler what it builds, and builds again what has another version.
    #[cfg(not(test))]
    pub(super) fn of_this_annotation() -> Self {
        let variable = |name| std::env::var(name).unwrap_or_default();
        let annotation = Span::call_site();
        Self {
            package: variable("CARGO_PKG_NAME"),
            version: variable("CARGO_PKG_VERSION"),
            file: annotation.file(),
            line: u32::try_from(annotation.start().line).unwrap_or_default(),
        }
    }

    /// What the snapshots show.
    #[cfg(test)]
    pub(super) fn of_this_annotation() -> Self {
        let _ = Span::call_site();
        Self {
            package: "the-package".to_owned(),
            version: "1.2.3".to_owned(),
            file: "src/lib.rs".to_owned(),
            line: 7,
        }
    }
}

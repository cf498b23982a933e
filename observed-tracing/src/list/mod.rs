//! The list: which spans and events of `tracing` leave, under which names, with which of their fields.

mod check;
#[cfg(feature = "toml")]
mod file;
mod fingerprint;
mod listed;
mod mistake;
pub(crate) mod table;

pub use listed::{Kind, Listed, event, span};
pub use mistake::Mistakes;

/// What leaves of the spans and events of `tracing`; everything else stays.
///
/// ```
/// use observed_tracing::{List, event, span};
///
/// let list = List::new()
///     .with(span("h2::proto::connection", "Connection").named("h2_connection"))
///     .with(event("sqlx::query").named("sqlx_query").number("rows_affected").number("elapsed_secs"));
/// assert_eq!(list.entries().len(), 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct List {
    entries: Vec<Listed>,
}

impl List {
    /// An empty list, of which nothing leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    #[must_use]
    pub fn with(mut self, entry: Listed) -> Self {
        self.entries.push(entry);
        self
    }

    /// The entries, in the order in which they were added.
    #[must_use]
    pub fn entries(&self) -> &[Listed] {
        &self.entries
    }

    /// Reads a list in TOML; the entries of `docs/logs-and-tracing.md`.
    ///
    /// ```
    /// use observed_tracing::List;
    ///
    /// let list = List::from_toml(
    ///     r#"
    ///     [[event]]
    ///     target = "sqlx::query"
    ///     as = "sqlx_query"
    ///     numbers = ["rows_affected", "elapsed_secs"]
    ///     "#,
    /// );
    /// assert!(list.is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// What cannot be read, with its line. Whether names and fields may leave is judged by [`check`](Self::check).
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, Mistakes> {
        file::read(text).map(|entries| Self { entries })
    }

    /// Judges the names and fields by the rules that annotations meet in the compiler (R3, R10).
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with what to write instead.
    pub fn check(&self) -> Result<(), Mistakes> {
        check::check(&self.entries)
    }
}

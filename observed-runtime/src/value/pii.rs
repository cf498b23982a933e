//! Personal data in a wrapper that lets nothing out by accident (R7).

use std::fmt;

/// Personal data: no `Display`, no `Deref`, a `Debug` that hides it, and no way into an attribute.
///
/// For where a mark cannot stand: locals, generic code, functions whose `#[observed]` may be removed.
///
/// ```
/// use observed_runtime::Pii;
///
/// let contact = Pii::new("ana@example.com".to_owned());
/// assert_eq!(format!("{contact:?}"), "Pii(..)");
/// assert_eq!(contact.expose(), "ana@example.com");
/// ```
///
/// ```compile_fail,E0277
/// use observed_runtime::{Pii, observed};
///
/// #[observed(name = "greet", attrs(whom = contact))]
/// fn greet(contact: &Pii<u64>) {}
/// ```
///
/// With the feature `serde` it is read and written as what it wraps.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
pub struct Pii<T>(T);

impl<T> Pii<T> {
    /// Wraps personal data.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// What is inside; an attribute expression that calls this is refused.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// What was inside; an attribute expression that calls this is refused.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> From<T> for Pii<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pii(..)")
    }
}

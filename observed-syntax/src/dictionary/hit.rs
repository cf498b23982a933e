//! What a word of the dictionary in a name stands for.

pub(super) const CONVENTIONS: &str = "data that the semantic conventions warn of";
pub(super) const SPECIAL: &str = "sensitive personal data";

/// A word of the dictionary, found in a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The words as the dictionary has them.
    pub words: String,
    /// What they stand for.
    pub group: &'static str,
    /// A word after them says that a number under this name measures something.
    pub is_measured: bool,
    /// For which values they stand for it.
    pub reach: Reach,
    /// What it stands for is a time or an age, of which a duration tells as much.
    pub is_time: bool,
}

/// For which values a word of the dictionary stands for data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// For all that its kind does not clear.
    All,
    /// For a text, and only because the words are the whole name: `user`, `key`, `body`.
    Vague,
    /// For a text: `created_by`, and what a companion such as `field` or `prefix` follows.
    Text,
}

impl Hit {
    /// Whether the words are a whole name that says little.
    #[must_use]
    pub fn is_vague(&self) -> bool {
        self.reach == Reach::Vague
    }

    /// Whether only a text of it is data.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.reach == Reach::Text
    }

    /// The special categories of LGPD art. 5 II and GDPR art. 9, of which a flag tells as much as the data itself.
    #[must_use]
    pub fn is_special(&self) -> bool {
        self.group == SPECIAL
    }

    /// What the conventions of OpenTelemetry warn of, which is no datum by itself.
    #[must_use]
    pub fn is_of_conventions(&self) -> bool {
        self.group == CONVENTIONS
    }
}

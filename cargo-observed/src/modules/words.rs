//! The words that decide whether a file is parsed: of a file without any of them only the `mod` lines are read.

/// What the rules look for. A name under which a macro is imported or re-exported is added while reading.
pub(crate) const WORDS: &[&str] = &[
    "observed",
    "AttributeValue",
    "Classified",
    "__private",
    "instrument",
    "Tracer",
];

/// Returns true where the text may hold what a rule looks for.
pub(crate) fn may_matter(text: &str, more: &[String]) -> bool {
    WORDS.iter().any(|word| text.contains(word))
        || more.iter().any(|word| text.contains(word.as_str()))
}

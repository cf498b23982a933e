//! The words around what is recorded.

use observed_syntax::model::Reading;

/// The word of a wrapper.
pub(super) fn wrapper(reading: Reading) -> Option<&'static str> {
    let wrapper = Reading::WRAPPERS.iter().find(|(_, it)| *it == reading);
    wrapper.map(|(word, _)| *word)
}

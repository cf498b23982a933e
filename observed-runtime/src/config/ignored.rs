//! What is set and not read: ignored with a word, so that nobody waits for its effect.

use super::{Reader, Source, known};

/// So many misspelled names are told.
const TOLD: usize = 16;

/// Warns of what is set and ignored, and of names that are nearly a setting's.
pub(super) fn check(source: &Source, reader: &mut Reader<'_>) {
    for (variable, why) in known::IGNORED {
        if reader.text(variable).is_some() {
            reader.warn(variable, &format!("ignored: {why}"));
        }
    }
    let misspelled = source
        .names()
        .filter_map(|name| Some((name, source.get(name).and_then(|_| known::meant_by(name))?)));
    for (name, meant) in misspelled.take(TOLD) {
        reader.warn(name, &format!("is no setting: is {meant} meant?"));
    }
}

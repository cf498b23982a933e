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
    for name in source
        .names()
        .filter(|name| known::is_of_another_signal(name))
    {
        // `none` is what happens here anyway.
        let asks = reader
            .text(name)
            .filter(|value| !value.eq_ignore_ascii_case("none"));
        if asks.is_some() {
            reader.warn(
                name,
                "ignored: there are traces here, and no metrics and no logs",
            );
        }
    }
    let misspelled = source
        .names()
        .filter_map(|name| Some((name, source.get(name).and_then(|_| known::meant_by(name))?)));
    for (name, meant) in misspelled.take(TOLD) {
        reader.warn(name, &format!("is no setting: is {meant} meant?"));
    }
}

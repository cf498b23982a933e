//! R10: overrides of the dictionary, and the team's own words.

use observed_syntax::words;

use super::evidence::{Evidence, members};
use super::finding::Finding;
use super::types::at;
use crate::site::Recorded;

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for site in members(evidence) {
        for key in &site.keys {
            if let Some(reason) = key
                .not_pii
                .as_ref()
                .filter(|reason| !tells(reason, &key.key))
            {
                let message = format!("{reason:?} is no reason why `{}` is nobody's", key.key);
                findings.push(at(key, Finding::of("R10-no-real-reason", site, message)));
            }
            let own = own_word(key, &evidence.people.words);
            match (own, &key.not_pii) {
                (Some(word), None) => {
                    let message = format!("`{}` holds `{word}`, a word of observed.toml", key.key);
                    findings.push(at(key, Finding::of("R10-own-word", site, message)));
                }
                (None, Some(_)) if !key.needs_reason => {
                    let message = format!(
                        "`not_pii` overrides nothing: the dictionary does not know `{}`",
                        key.key
                    );
                    findings.push(at(key, Finding::of("R10-unused-override", site, message)));
                }
                _ => {}
            }
        }
    }
    findings
}

/// Words that fill a place where a reason should stand.
const FILLERS: &[&str] = &[
    "a", "data", "fine", "fixme", "harmless", "is", "it", "n", "na", "no", "non", "none", "not",
    "ok", "okay", "personal", "pii", "public", "reason", "safe", "tbd", "test", "the", "this",
    "todo", "value", "x",
];

/// Whether a reason says something: two words that are no fillers and not the key again.
pub(crate) fn tells(reason: &str, key: &str) -> bool {
    let of_key = words::of(key);
    let said = words::of(reason);
    let told = said.iter().filter(|word| {
        word.len() > 1 && !FILLERS.contains(&word.as_str()) && !of_key.contains(word)
    });
    told.count() >= 2
}

fn own_word<'a>(key: &Recorded, own: &'a [String]) -> Option<&'a str> {
    let of_key = words::of(&key.key);
    let word = own
        .iter()
        .find(|word| of_key.contains(&word.to_lowercase()));
    word.map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn a_reason_tells_what_the_value_is() {
        for reason in [
            "a place in the warehouse",
            "the number of cards, not of one",
        ] {
            assert!(tells(reason, "card_number"), "{reason}");
        }
        for reason in [
            "the reason",
            "not pii",
            "TODO",
            "it is safe",
            "card number",
            "x x",
        ] {
            assert!(!tells(reason, "card_number"), "{reason}");
        }
    }
}

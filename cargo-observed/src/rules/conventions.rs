//! R22: keys of the semantic conventions are good and hold what these say.

use observed_syntax::conventions::{self, Holds, VERSION};

use super::evidence::{Evidence, members};
use super::finding::Finding;
use super::types::at;
use crate::site::{Class, Recorded, exported};

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for site in members(evidence) {
        for key in &site.keys {
            let Some(convention) = conventions::find(&key.key) else {
                continue;
            };
            if let Some(message) = convention.replaced(&key.key) {
                findings.push(at(key, Finding::of("R22-deprecated-key", site, message)));
            }
            if !agrees(key, convention.holds) {
                let message = format!(
                    "`{}` is {} in the semantic conventions ({VERSION}), and {} here",
                    key.key,
                    convention.holds.word(),
                    exported(&key.ty).unwrap_or("a number")
                );
                findings.push(at(key, Finding::of("R22-key-type", site, message)));
            }
        }
    }
    findings
}

/// Whether what the sources show of a key is what the conventions say; what they do not show agrees with anything.
fn agrees(key: &Recorded, holds: Holds) -> bool {
    if holds == Holds::Any {
        return true;
    }
    match (key.class, exported(key.ty.trim_end_matches("[]"))) {
        (Class::Unknown, _) => true,
        (Class::Flag, _) => holds == Holds::Flag,
        (Class::Duration, _) | (Class::Number, Some("a fraction")) => holds == Holds::Fraction,
        // A list and one of its elements are not told apart: a wrapper takes either.
        (Class::Number, Some(_)) => matches!(holds, Holds::Whole | Holds::Wholes),
        // Of a `tracing` library it is known that it is a number.
        (Class::Number, None) => matches!(holds, Holds::Whole | Holds::Fraction | Holds::Wholes),
        (Class::Enum | Class::Literal | Class::Text, _) => {
            matches!(holds, Holds::Text | Holds::Texts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(ty: &str, class: Class) -> Recorded {
        Recorded {
            key: "http.any".to_owned(),
            ty: ty.to_owned(),
            class,
            wrappers: Vec::new(),
            not_pii: None,
            needs_reason: false,
            is_late: false,
            places: Vec::new(),
        }
    }

    #[test]
    fn a_value_agrees_with_its_own_kind_and_with_what_is_left_open() {
        use Holds::{Any, Flag, Fraction, Text, Texts, Whole, Wholes};
        for (ty, class, good) in [
            ("bool", Class::Flag, &[Flag][..]),
            ("u16", Class::Number, &[Whole, Wholes]),
            ("f32", Class::Number, &[Fraction]),
            ("number", Class::Number, &[Whole, Fraction, Wholes]),
            ("Duration", Class::Duration, &[Fraction]),
            ("Kind{a|b}", Class::Enum, &[Text, Texts]),
            ("str", Class::Literal, &[Text, Texts]),
            ("text", Class::Text, &[Text, Texts]),
            (
                "?",
                Class::Unknown,
                &[Text, Whole, Fraction, Flag, Texts, Wholes],
            ),
        ] {
            for holds in [Text, Whole, Fraction, Flag, Texts, Wholes, Any] {
                let expected = holds == Any || good.contains(&holds);
                assert_eq!(agrees(&key(ty, class), holds), expected, "{ty} {holds:?}");
            }
        }
    }
}

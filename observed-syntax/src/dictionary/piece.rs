//! Companions that clear everything but a text: `email_field` is a name of a column, or what somebody wrote in it.

use super::entry::any_singular;
use super::{Dictionary, Hit, Reach};

impl Dictionary {
    /// Words of the dictionary before such a companion, which no other word makes safe.
    pub(super) fn find_piece(&self, words: &[String]) -> Option<Hit> {
        (0..words.len()).find_map(|at| {
            let mut found = None;
            any_singular(&words[at], |word| {
                let mut entries = self.entries.that_begin_with(word);
                found = entries.find(|entry| {
                    let after = at + entry.words.len();
                    entry.is_at(words, at)
                        && self.is_piece(words, after)
                        && !entry.is_safe(words, at)
                });
                found.is_some()
            });
            let hit = self.hit(&found?, words, at);
            Some(Hit {
                reach: Reach::Text,
                ..hit
            })
        })
    }

    /// `email_field` and `email_field_value`, but not `email_field_name` and `email_field_count`.
    fn is_piece(&self, words: &[String], at: usize) -> bool {
        let is_piece = words.get(at).is_some_and(|word| self.pieces.contains(word));
        let after = words.get(at + 1).map(String::as_str);
        is_piece && after.is_none_or(|after| after != "name" && !self.companions.contains(after))
    }
}

#[cfg(test)]
mod tests {
    use crate::dictionary::find;

    #[test]
    fn a_piece_is_data_where_it_is_text_only() {
        for name in [
            "email_field",
            "token_prefix",
            "cpf_column",
            "income_band",
            "created_by",
        ] {
            assert!(find(name).is_some_and(|hit| hit.is_text()), "{name}");
        }
        for name in ["email_field_name", "token_prefix_count", "email_template"] {
            assert_eq!(find(name), None, "{name}");
        }
        assert!(find("email_field_cpf").is_some_and(|hit| !hit.is_text()));
    }

    #[test]
    fn a_unit_of_time_makes_no_measure_of_an_age() {
        let hit = find("idade_dias").unwrap();
        assert!(hit.is_time && !hit.is_measured);
        assert!(find("otp_seconds").is_some_and(|hit| hit.is_measured && !hit.is_time));
    }

    #[test]
    fn everyday_meanings_are_told_by_the_words_beside_them() {
        for name in [
            "parcel.weight_kg",
            "squad.tribe",
            "alert.symptom",
            "pedido_partido",
            "queue_address",
            "bank_code",
        ] {
            assert_eq!(find(name), None, "{name}");
        }
        for name in [
            "patient.weight_kg",
            "weight_kg",
            "tribe",
            "symptom",
            "partido",
            "address",
        ] {
            assert!(find(name).is_some(), "{name}");
        }
        assert!(find("tokens").is_some_and(|hit| hit.is_measured));
        assert!(find("token").is_some_and(|hit| !hit.is_measured));
    }
}

//! What a thread was answered on scopes, so that a pipeline is asked once and not at each span.

use std::cell::Cell;

use crate::pipeline::Scopes;

/// A power of two; two scopes that share a slot are asked for each time that they take turns.
const SLOTS: usize = 64;

/// The answers of one pipeline.
#[derive(Debug)]
pub(super) struct Answers(Box<[Cell<Remembered>]>);

#[derive(Clone, Copy, Debug, Default)]
struct Remembered {
    /// Where the scope's text is; no text is at 0.
    text: (usize, usize),
    state: u64,
    is_on: bool,
}

impl Answers {
    pub(super) fn none() -> Self {
        Self((0..SLOTS).map(|_| Cell::default()).collect())
    }

    /// True when spans of this scope are recorded; those without a scope always are.
    #[inline]
    pub(super) fn is_on(&self, scopes: &Scopes, scope: &'static str) -> bool {
        if scope.is_empty() {
            return true;
        }
        let text = (scope.as_ptr().addr(), scope.len());
        let slot = self.0.get((text.0 >> 3 ^ text.0 >> 9) % SLOTS);
        // Before the question: an answer that a switch overtakes is kept under the number before it.
        let state = scopes.state();
        match slot.map(Cell::get) {
            Some(known) if known.text == text && known.state == state => known.is_on,
            _ => ask(
                scopes,
                scope,
                slot,
                Remembered {
                    text,
                    state,
                    is_on: false,
                },
            ),
        }
    }
}

#[cold]
fn ask(scopes: &Scopes, scope: &str, slot: Option<&Cell<Remembered>>, asked: Remembered) -> bool {
    let is_on = scopes.ask(scope);
    if let Some(slot) = slot {
        slot.set(Remembered { is_on, ..asked });
    }
    is_on
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn with_pipeline_on() -> Scopes {
        Scopes::set(BTreeMap::from([("PIPELINE".to_owned(), true)]))
    }

    #[test]
    fn a_scope_that_was_asked_for_is_asked_for_again_after_a_switch() {
        let (scopes, answers) = (with_pipeline_on(), Answers::none());
        for on in [true, false, true] {
            scopes.switch("pipeline", on);
            for _ in 0..3 {
                assert_eq!(answers.is_on(&scopes, "pipeline"), on);
                assert!(!answers.is_on(&scopes, "gates") && answers.is_on(&scopes, ""));
            }
        }
    }

    #[test]
    fn every_scope_has_its_own_answer_whatever_slot_it_shares() {
        // Parts of one text: neighbours in memory, and the same address at other lengths.
        let names: &'static str = "pipelinepipelinexpipeline.pipeline2";
        let (scopes, answers) = (with_pipeline_on(), Answers::none());
        for _ in 0..2 {
            for begin in 0..names.len() {
                for end in begin + 1..=names.len() {
                    let scope = &names[begin..end];
                    assert_eq!(
                        answers.is_on(&scopes, scope),
                        scope == "pipeline",
                        "{scope}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_thread_knows_of_a_switch_of_another_one_once_it_was_made() {
        let scopes = with_pipeline_on();
        let answers = Answers::none();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let answers = Answers::none();
                    (0..10_000)
                        .filter(|_| answers.is_on(&scopes, "pipeline"))
                        .count()
                });
            }
            for n in 0..1_000 {
                scopes.switch("pipeline", n % 2 == 0);
                assert_eq!(answers.is_on(&scopes, "pipeline"), n % 2 == 0);
            }
        });
    }

    #[test]
    fn an_answer_stands_until_a_switch_is_set() {
        let (one, other, answers) = (with_pipeline_on(), Scopes::all_on(), Answers::none());
        assert!(answers.is_on(&one, "pipeline"));
        // Another one of the same state: whoever is asked says something else.
        let asked = |scope| (answers.is_on(&other, scope), other.ask(scope));
        other.switch("pipeline", false);
        one.switch("gates", true);
        assert!(answers.is_on(&one, "pipeline"));
        assert_eq!(
            asked("pipeline"),
            (true, false),
            "it is remembered and not asked for"
        );
    }
}

//! Panics of code that is not ours, survived.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work`; `None` when it panicked. What it panicked with is dropped here, and may panic itself.
pub(crate) fn swallowing<R>(work: impl FnOnce() -> R) -> Option<R> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => Some(result),
        Err(payload) => {
            let dropped = catch_unwind(AssertUnwindSafe(move || drop(payload)));
            // A payload whose drop panics with another such payload could go on for ever; that one is leaked.
            if let Err(second) = dropped {
                std::mem::forget(second);
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;

    use super::*;

    struct PanicsWhenDropped(u32);

    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            if let Some(left) = self.0.checked_sub(1) {
                resume_unwind(Box::new(PanicsWhenDropped(left)));
            }
        }
    }

    #[test]
    fn a_payload_that_panics_when_it_is_dropped_is_survived() {
        for depth in [0, 1, 2, u32::MAX] {
            let ended = swallowing(|| {
                resume_unwind(Box::new(PanicsWhenDropped(depth)));
            });
            assert_eq!(ended, None::<()>);
        }
        assert_eq!(swallowing(|| 7), Some(7));
    }
}

//! The worker's work goes on after a panic in it, each time a little later.

use std::time::Duration;

use crate::deadline::deadline;
use crate::export::control::Control;
use crate::logging;
use crate::panics::swallowing;

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Runs `serve` until it returns. A panic in it is a mistake of ours, because exporters are caught apart: it is logged,
/// and after a pause, which doubles each time and ends early when the worker is to stop, it is run again.
pub(super) fn persist(control: &Control, mut serve: impl FnMut()) {
    let mut pause = FIRST_PAUSE;
    while swallowing(&mut serve).is_none() {
        logging::line!(error, "tracing: the worker panicked and starts again");
        let stops = control
            .wait_until(deadline(pause), |state| state.stop_by.is_some())
            .stop_by
            .is_some();
        // After a stop there is one more try to flush, and no pause that could outlast the deadline of a shutdown.
        if stops && pause > FIRST_PAUSE {
            return;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_panic_the_work_goes_on_until_it_is_done() {
        let mut tries = 0;
        persist(&Control::default(), || {
            tries += 1;
            assert!(tries > 3, "planted");
        });
        assert_eq!(tries, 4);
    }

    #[test]
    fn a_worker_that_always_panics_ends_when_it_is_told_to_stop() {
        let control = Control::default();
        control.tell_to_stop(deadline(Duration::ZERO));
        let mut tries = 0;
        persist(&control, || {
            tries += 1;
            panic!("planted");
        });
        assert_eq!(tries, 2);
    }
}

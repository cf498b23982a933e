//! The limit holds in any minute, whatever the clock on the wall does, and nobody waits for longer than that.

use governor::clock::FakeRelativeClock;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const ONE: NonZeroU32 = NonZeroU32::MIN;
const MINUTE_MS: u64 = 60_000;

fn limiter(per_minute: u32) -> (Limiter<FakeRelativeClock>, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    let limiter = Limiter::new(NonZeroU32::new(per_minute).unwrap(), clock.clone());
    (limiter, clock)
}

proptest! {
    #[test]
    fn in_no_minute_are_there_more_than_were_at_hand_and_came_back(
        per_minute in 1_u32..200,
        asked in vec((0_u64..20_000, 1_u32..20), 1..200),
    ) {
        let (limiter, clock) = limiter(per_minute);
        let (mut now, mut taken) = (0, Vec::new());
        for (pause, actions) in asked {
            clock.advance(Duration::from_millis(pause));
            now += pause;
            if limiter.take(NonZeroU32::new(actions).unwrap()).is_ok() {
                taken.push((now, actions));
            }
        }
        for (begin, _) in &taken {
            let minute = taken.iter().filter(|(at, _)| (*begin..begin + MINUTE_MS).contains(at));
            let actions: u32 = minute.map(|(_, actions)| actions).sum();
            prop_assert!(actions <= 2 * per_minute, "{actions} in a minute");
        }
    }

    #[test]
    fn whatever_the_clock_said_before_a_restart_nobody_waits_longer_than_a_minute(
        per_minute in 1_u32..1_000,
        actions: u32,
        then: u64,
        now: u64,
    ) {
        let (limiter, clock) = limiter(per_minute);
        limiter.resume(Used { unix_ms: then, actions }, now);
        if let Err(wait) = limiter.take(ONE) {
            prop_assert!(wait.unwrap() <= MINUTE);
        }
        clock.advance(MINUTE + Duration::from_millis(1));
        prop_assert!(limiter.take(NonZeroU32::new(per_minute).unwrap()).is_ok());
    }

    #[test]
    fn what_was_used_before_a_restart_is_used_after_it_but_for_what_came_back(
        per_minute in 1_u32..1_000,
        used in 0_u32..1_000,
        seconds in 0_u32..60,
    ) {
        let (limiter, _) = limiter(per_minute);
        let then = 1_000_000_000;
        let now = then + u64::from(seconds) * 1_000;
        limiter.resume(Used { unix_ms: then, actions: used }, now);
        let still_used = used.min(per_minute).saturating_sub(per_minute * seconds / 60);
        let mut left = 0;
        while limiter.take(ONE).is_ok() {
            left += 1;
        }
        prop_assert_eq!(left, per_minute - still_used);
    }
}

#[test]
fn a_used_up_limit_opens_again_bit_by_bit() {
    let (limiter, clock) = limiter(60);
    assert_eq!(limiter.take(NonZeroU32::new(60).unwrap()), Ok(60));
    assert_eq!(limiter.take(ONE), Err(Some(Duration::from_secs(1))));
    clock.advance(Duration::from_secs(1));
    assert_eq!(limiter.take(ONE), Ok(60));
    assert!(limiter.take(ONE).is_err());
    assert_eq!(limiter.take(NonZeroU32::new(61).unwrap()), Err(None));
}

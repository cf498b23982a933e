//! Consistent probability sampling: services agree on which traces are recorded, and say how many each stands for.

use super::*;
use crate::identity::threshold::random_of;
use crate::identity::trace_state::TraceState;

fn verdict(sampler: &Sampler, parent: &Context, admitted: f64) -> Verdict {
    sampler.decide(parent, "root", admitted)
}

fn threshold(verdict: Verdict) -> Option<String> {
    verdict.threshold.map(|threshold| threshold.to_string())
}

/// A caller's span with this random value, which it declares.
fn remote(random: u64, state: &str) -> Context {
    Context {
        trace_id: TraceId(1 << 127 | u128::from(random)),
        random: true,
        trace_state: TraceState::of(state),
        ..under(true, true)
    }
}

#[test]
fn a_root_that_is_recorded_says_by_which_threshold() {
    for (ratio, expected) in [(1.0, "0"), (0.1, "e666"), (0.001, "ffbe77")] {
        let sampler = Sampler::new(ratio, true);
        let recorded = (0..1_000_000)
            .map(|_| verdict(&sampler, &new_trace(), 1.0))
            .find(|verdict| verdict.decision == Decision::Record);
        assert_eq!(threshold(recorded.unwrap()).as_deref(), Some(expected));
    }
    let refused = verdict(&Sampler::new(0.0, true), &new_trace(), 1.0);
    assert_eq!(
        (refused.decision, refused.threshold),
        (Decision::Unsampled, None)
    );
}

#[test]
fn the_random_value_is_the_last_56_bits_of_the_trace_id_and_an_explicit_one_wins() {
    let tenth = Sampler::new(0.1, false);
    let decision = |random, state: &str| verdict(&tenth, &remote(random, state), 1.0).decision;
    assert_eq!(decision(0xe6_6600_0000_0000, ""), Decision::Record);
    assert_eq!(decision(0xe6_65ff_ffff_ffff, ""), Decision::Unsampled);
    assert_eq!(
        decision(0xffe6_65ff_ffff_ffff, ""),
        Decision::Unsampled,
        "eight bits more are not of it"
    );
    assert_eq!(decision(0, "ot=rv:e6660000000000"), Decision::Record);
    assert_eq!(
        decision(0xff_ffff_ffff_ffff, "ot=rv:e665ffffffffff"),
        Decision::Unsampled
    );
}

#[test]
fn a_service_with_a_lower_rate_records_a_part_of_what_one_with_a_higher_rate_records() {
    let rates = [0.01, 0.1, 0.5, 1.0].map(|rate| Sampler::new(rate, false));
    for _ in 0..5_000 {
        let caller = remote(random_of(TraceId::random().0), "");
        let recorded = rates.each_ref().map(|sampler| samples(sampler, &caller));
        assert!(recorded.is_sorted(), "{recorded:?}");
    }
}

#[test]
fn a_callers_threshold_is_kept_where_its_decision_follows_from_it_and_else_erased() {
    let follower = Sampler::new(0.0, true);
    let passed_on = |random, state: &str| {
        let verdict = verdict(&follower, &remote(random, state), 1.0);
        assert_eq!(verdict.decision, Decision::Record);
        threshold(verdict)
    };
    assert_eq!(passed_on(1 << 55, "ot=th:8").as_deref(), Some("8"));
    assert_eq!(passed_on((1 << 55) - 1, "ot=th:8"), None);
    assert_eq!(
        passed_on(0, "ot=th:c;rv:c0000000000000").as_deref(),
        Some("c")
    );
    assert_eq!(passed_on(u64::MAX, "ot=th:c;rv:bfffffffffffff"), None);
    assert_eq!(
        passed_on(0, ""),
        None,
        "without one the probability is unknown"
    );
}

#[test]
fn a_sampler_that_is_not_parent_based_replaces_a_callers_threshold() {
    let half = Sampler::new(0.5, false);
    let replaced = verdict(&half, &remote(0xff_ffff_ffff_ffff, "ot=th:c"), 1.0);
    assert_eq!(threshold(replaced).as_deref(), Some("8"));
}

#[test]
fn a_caller_that_is_not_trusted_leaves_no_threshold() {
    let wary = Sampler::new(1.0, true).trusting_remote(false);
    let verdict = verdict(&wary, &remote(1 << 55, "ot=th:8"), 1.0);
    assert_eq!(
        (verdict.decision, verdict.threshold),
        (Decision::Record, None)
    );
}

#[test]
fn services_over_budget_agree_and_what_they_record_stands_for_all() {
    const TRACES: u32 = 40_000;
    let (tenth, follower) = (Sampler::new(0.1, true), Sampler::new(1.0, true));
    let mut counted = [0.0; 2];
    for _ in 0..TRACES {
        let root = new_trace();
        let first = verdict(&tenth, &root, 0.5);
        if first.decision != Decision::Record {
            continue;
        }
        let at_root = first.threshold.unwrap();
        counted[0] += at_root.probability().recip();
        let state = TraceState::Sampled(first.threshold);
        let caller = Context {
            trace_state: state,
            ..remote(random_of(root.trace_id.0), "")
        };
        let [much, little] = [0.8, 0.4].map(|admitted| verdict(&follower, &caller, admitted));
        if little.decision == Decision::Record {
            assert_eq!(
                much.decision,
                Decision::Record,
                "one records a part of what the other does"
            );
            counted[1] += little.threshold.unwrap().probability().recip();
        } else {
            assert_eq!(little.decision, Decision::OverBudget);
        }
    }
    for counted in counted {
        let share = counted / f64::from(TRACES);
        assert!((0.85..1.15).contains(&share), "{counted} of {TRACES}");
    }
}

#[test]
fn a_trace_of_unknown_probability_stays_one_over_budget() {
    let caller = remote(0xff_ffff_ffff_ffff, "");
    let verdict = verdict(&Sampler::new(1.0, true), &caller, 0.5);
    assert_eq!(
        (verdict.decision, verdict.threshold),
        (Decision::Record, None)
    );
}

#[test]
fn ids_of_which_nobody_says_that_they_are_random_are_drawn_by_a_key_over_budget() {
    let follower = Sampler::new(1.0, true);
    let mut recorded = 0;
    for n in 0..10_000_u64 {
        let caller = Context {
            random: false,
            ..remote(n, "ot=th:0")
        };
        let verdict = verdict(&follower, &caller, 0.25);
        recorded += usize::from(verdict.decision == Decision::Record);
        assert_eq!(verdict.threshold, None);
    }
    assert!((2_200..2_800).contains(&recorded), "{recorded}");
    let caller = Context {
        random: false,
        ..remote(7, "ot=th:0")
    };
    assert_eq!(
        threshold(verdict(&follower, &caller, 1.0)).as_deref(),
        Some("0")
    );
}

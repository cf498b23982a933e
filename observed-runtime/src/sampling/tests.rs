mod consistency;

use super::*;
use crate::identity::{SpanId, TraceId};

const ALL_ADMITTED: f64 = 1.0;

fn under(sampled: bool, remote: bool) -> Context {
    Context {
        trace_id: TraceId(1),
        span_id: SpanId(1),
        sampled,
        remote,
        ..Context::default()
    }
}

fn new_trace() -> Context {
    Context::random_trace()
}

fn samples(sampler: &Sampler, parent: &Context) -> bool {
    sampler.decide(parent, "root", ALL_ADMITTED).decision == Decision::Record
}

#[test]
fn a_parents_decision_wins_over_the_ratio() {
    let never = Sampler::new(0.0, true);
    let always = Sampler::new(1.0, true);
    for remote in [false, true] {
        assert!(samples(&never, &under(true, remote)));
        assert!(!samples(&always, &under(false, remote)));
    }
}

#[test]
fn a_sampler_that_is_not_parent_based_ignores_remote_decisions_only() {
    let never = Sampler::new(0.0, false);
    assert!(!samples(&never, &under(true, true)));
    assert!(samples(&never, &under(true, false)));
    assert!(samples(&Sampler::new(1.0, false), &under(false, true)));
}

#[test]
fn a_caller_that_is_not_trusted_cannot_force_recording_but_can_forgo_it() {
    let never = Sampler::new(0.0, true).trusting_remote(false);
    let always = Sampler::new(1.0, true).trusting_remote(false);
    assert!(!samples(&never, &under(true, true)));
    assert!(samples(&never, &under(true, false)));
    assert!(samples(&always, &under(true, true)));
    assert!(!samples(&always, &under(false, true)));
}

#[test]
fn a_caller_that_is_not_trusted_cannot_force_recording_by_its_choice_of_trace_ids() {
    let chosen = |low: u64| Context {
        trace_id: TraceId(u128::from(low) << 64 | 1),
        ..under(true, true)
    };
    let wary = Sampler::new(0.1, true).trusting_remote(false);
    let sampled = (1..=10_000).filter(|n| samples(&wary, &chosen(*n))).count();
    assert!((800..1_200).contains(&sampled), "{sampled}");
    let (first, again) = (samples(&wary, &chosen(7)), samples(&wary, &chosen(7)));
    assert_eq!(first, again, "the spans of a trace agree");
}

#[test]
fn what_is_on_trial_has_its_share_of_the_budget_too_and_what_is_shed_counts_as_such() {
    let sampler = Sampler::new(0.5, true).keeping(Some(Keep::default()));
    let mut counts = [0; 4];
    for _ in 0..20_000 {
        counts[sampler.decide(&new_trace(), "root", 0.1).decision as usize] += 1;
    }
    let [recorded, on_trial, unsampled, over_budget] = counts;
    for few in [recorded, on_trial] {
        assert!((800..1_200).contains(&few), "{counts:?}");
    }
    assert_eq!((unsampled, recorded + on_trial + over_budget), (0, 20_000));
}

#[test]
fn the_ratio_is_kept_over_many_roots() {
    let tenth = Sampler::new(0.1, true);
    let sampled = (0..100_000)
        .filter(|_| samples(&tenth, &new_trace()))
        .count();
    assert!((9_000..11_000).contains(&sampled), "{sampled}");
}

#[test]
fn the_ends_of_the_ratio_are_exact() {
    for _ in 0..1_000 {
        let root = new_trace();
        assert!(samples(&Sampler::new(1.0, true), &root));
        assert!(!samples(&Sampler::new(0.0, true), &root));
    }
    let largest = Context::new_trace(TraceId(u128::MAX));
    assert!(samples(&Sampler::new(1.0, true), &largest));
}

#[test]
fn a_root_of_another_name_has_another_ratio_and_its_children_follow_it() {
    let roots = BTreeMap::from([
        ("important".to_owned(), Ratio::new(1.0)),
        ("noisy".to_owned(), Ratio::new(0.0)),
    ]);
    let half = Sampler::new(0.5, true).with_roots(roots);
    let mut others = 0;
    for _ in 0..1_000 {
        let root = new_trace();
        let decide = |name| half.decide(&root, name, ALL_ADMITTED).decision;
        assert_eq!(decide("important"), Decision::Record);
        assert_eq!(decide("noisy"), Decision::Unsampled);
        others += usize::from(decide("other") == Decision::Record);
    }
    assert!((400..600).contains(&others), "{others}");
    let followed = half
        .decide(&under(true, false), "noisy", ALL_ADMITTED)
        .decision;
    assert_eq!(followed, Decision::Record);
}

#[test]
fn what_the_ratio_leaves_out_is_recorded_on_trial_where_it_begins_here() {
    let keeping = Sampler::new(0.0, true).keeping(Some(Keep::default()));
    let decide = |parent: &Context| keeping.decide(parent, "root", ALL_ADMITTED).decision;
    assert_eq!(decide(&new_trace()), Decision::Trial);
    assert_eq!(decide(&under(false, true)), Decision::Unsampled);
    let on_trial = Context {
        on_trial: true,
        ..under(false, false)
    };
    assert_eq!(decide(&on_trial), Decision::Trial);
}

#[test]
fn the_budget_takes_its_share_of_what_is_sampled_and_says_so() {
    for sampler in [Sampler::new(1.0, true), Sampler::new(0.5, true)] {
        let (mut recorded, mut over) = (0, 0);
        for _ in 0..20_000 {
            match sampler.decide(&new_trace(), "root", 0.25).decision {
                Decision::Record => recorded += 1,
                Decision::OverBudget => over += 1,
                Decision::Trial | Decision::Unsampled => {}
            }
        }
        let share = f64::from(recorded) / f64::from(recorded + over);
        assert!((0.22..0.28).contains(&share), "{share}");
    }
    let forced = under(true, true);
    let nothing = Sampler::new(0.1, true)
        .decide(&forced, "root", 0.0)
        .decision;
    assert_eq!(nothing, Decision::OverBudget);
}

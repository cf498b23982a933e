//! Captures do not see each other, although tests run in parallel.

use observed_runtime::observed;
use observed_runtime::testing::capture;

#[observed(name = "work", attrs(n))]
fn work(n: u64) -> u64 {
    n
}

#[test]
fn parallel_captures_see_their_own_spans_only() {
    let threads: Vec<_> = (0..8_u64)
        .map(|thread| {
            std::thread::spawn(move || {
                for round in 0..200 {
                    let n = thread * 1_000 + round;
                    let (_, capture) = capture(|| work(n));
                    assert_eq!(capture.tree(), format!("work n={n}\n"));
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn a_capture_inside_a_capture_keeps_its_spans_to_itself() {
    let (inner, outer) = capture(|| {
        work(1);
        let (_, inner) = capture(|| work(2));
        work(3);
        inner
    });
    assert_eq!(inner.tree(), "work n=2\n");
    assert_eq!(outer.tree(), "work n=1\nwork n=3\n");
}

#[test]
fn without_a_pipeline_nothing_is_recorded_and_nothing_is_counted() {
    work(1);
    let status = observed_runtime::status();
    assert_eq!(status.state, observed_runtime::State::NotInitialised);
    assert_eq!(status.spans, observed_runtime::Accounting::default());
}

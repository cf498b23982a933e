//! Who is whose parent: listed spans and observed ones, across threads, tasks and awaits.

mod lines;
mod traced;

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context as Task, Poll, Waker};
use std::thread;

use observed_runtime::{context, observed, observed_event, observed_span};
use observed_tracing::{List, WithIds, event, layer, span};
use traced::{accounts, traced, traced_beside_others};
use tracing::instrument::Instrument;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt;

fn list() -> List {
    let told = event("parents").named("told").number("n");
    let names = ["outer", "middle", "inner"];
    let list = names.iter().fold(List::new(), |list, name| {
        list.with(span("parents", name).number("n"))
    });
    list.with(told)
}

#[observed(name = "observed_step")]
fn observed_step(inside: impl FnOnce()) {
    inside();
}

#[test]
fn parents_are_right_both_ways() {
    let capture = traced(&list(), || {
        let _outer = tracing::info_span!("outer").entered();
        observed_step(|| {
            let _unlisted = tracing::info_span!("unlisted").entered();
            let _inner = tracing::info_span!("inner").entered();
            observed_step(|| tracing::info!(n = 1));
            observed_event!(name = "own_event");
        });
        tracing::info!(n = 2);
    });
    let tree = "outer\n  ! told n=2\n  observed_step\n    inner\n      ! own_event\n      observed_step\n        ! told n=1\n";
    assert_eq!(capture.tree(), tree);
    accounts(&capture);
}

#[test]
fn a_span_that_is_not_entered_is_nobodys_parent() {
    let capture = traced(&list(), || {
        let outer = tracing::info_span!("outer");
        drop(tracing::info_span!("inner"));
        outer.in_scope(|| drop(tracing::info_span!("middle")));
    });
    assert_eq!(capture.tree(), "outer\n  middle\ninner\n");
}

#[test]
fn a_parent_that_is_named_is_the_parent_on_whatever_thread() {
    // Somebody else wants what is not listed: what is switched off cannot be a parent.
    let everything = tracing_subscriber::fmt::layer().with_writer(std::io::sink);
    let subscriber = Registry::default()
        .with(layer(&list()).unwrap())
        .with(everything);
    let dispatch = tracing::Dispatch::new(subscriber);
    let within = |work: &dyn Fn()| tracing::dispatcher::with_default(&dispatch, work);
    let ((), capture) = observed_runtime::testing::capture(|| {
        within(&|| {
            let outer = tracing::info_span!("outer");
            let below = || {
                let unlisted = tracing::info_span!(parent: &outer, "unlisted");
                let _inner = tracing::info_span!(parent: &unlisted, "inner").entered();
                observed_step(|| ());
            };
            thread::scope(|scope| scope.spawn(|| within(&below)).join().unwrap());
        });
    });
    assert_eq!(capture.tree(), "outer\n  inner\n    observed_step\n");
    accounts(&capture);
}

#[test]
fn a_root_is_a_trace_of_its_own() {
    let capture = traced(&list(), || {
        let _outer = tracing::info_span!("outer").entered();
        drop(tracing::info_span!(parent: None, "inner"));
    });
    assert_eq!(capture.tree(), "outer\ninner\n");
    assert_ne!(capture.spans[0].trace_id, capture.spans[1].trace_id);
}

/// Pending once.
#[derive(Default)]
struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Task<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

#[observed(name = "observed_task", attrs(n))]
async fn observed_task(n: u64) {
    Yield::default().await;
    let inner = tracing::info_span!("inner", n);
    async {
        Yield::default().await;
        tracing::info!(n);
        observed_step(|| ());
    }
    .instrument(inner)
    .await;
}

#[test]
fn tasks_that_take_turns_on_one_thread_keep_their_spans_apart() {
    let capture = traced(&list(), || {
        let task = |n: u64| observed_task(n).instrument(tracing::info_span!("outer", n));
        let (mut first, mut second) = (pin!(task(1)), pin!(task(2)));
        let mut waker = Task::from_waker(Waker::noop());
        let mut ended = [false; 2];
        while ended != [true; 2] {
            ended[0] = ended[0] || first.as_mut().poll(&mut waker).is_ready();
            ended[1] = ended[1] || second.as_mut().poll(&mut waker).is_ready();
            assert!(context::ids().is_none(), "nothing is current between polls");
        }
    });
    let of = |n: u64| {
        format!(
            "outer n={n}\n  observed_task n={n}\n    inner n={n}\n      ! told n={n}\n      observed_step\n"
        )
    };
    assert_eq!(capture.tree(), of(1) + &of(2));
    accounts(&capture);
}

#[test]
fn a_task_may_be_polled_by_another_thread_each_time() {
    let capture = traced(&list(), || {
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        let mut task = Box::pin(observed_task(1).instrument(tracing::info_span!("outer", n = 1)));
        loop {
            let dispatch = dispatch.clone();
            let poll = move || {
                let polled = tracing::dispatcher::with_default(&dispatch, || {
                    task.as_mut().poll(&mut Task::from_waker(Waker::noop()))
                });
                (task, polled)
            };
            let (back, polled) = thread::spawn(poll).join().unwrap();
            task = back;
            if polled.is_ready() {
                break;
            }
        }
    });
    let tree =
        "outer n=1\n  observed_task n=1\n    inner n=1\n      ! told n=1\n      observed_step\n";
    assert_eq!(capture.tree(), tree);
    accounts(&capture);
}

#[test]
fn a_span_that_follows_another_is_linked_to_it() {
    let capture = traced(&list(), || {
        let cause = tracing::info_span!("outer");
        let effect = tracing::info_span!("inner");
        effect.follows_from(&cause);
        effect.follows_from(&tracing::info_span!("unlisted"));
    });
    let [cause, effect] = &capture.spans[..] else {
        panic!("{}", capture.tree())
    };
    let links: Vec<_> = effect.links.iter().map(context::Context::span_id).collect();
    assert_eq!(links, [cause.span_id]);
}

#[test]
fn an_event_with_a_parent_is_of_that_span() {
    let capture = traced(&list(), || {
        let outer = tracing::info_span!("outer");
        tracing::info!(parent: &outer, n = 1);
        let inner = tracing::info_span!("inner").entered();
        tracing::info!(parent: &inner, n = 2);
        tracing::info!(parent: &outer, n = 3);
        tracing::info!(parent: None, n = 4);
    });
    assert_eq!(
        capture.tree(),
        "outer\n  ! told n=1\n  ! told n=3\ninner\n  ! told n=2\n"
    );
    assert_eq!(capture.accounting.events_dropped, 0);
}

#[test]
fn an_event_of_a_span_that_another_thread_has_waits_for_it() {
    let capture = traced(&list(), || {
        let outer = tracing::info_span!("outer").entered();
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        thread::scope(|scope| {
            let tell = || {
                tracing::dispatcher::with_default(
                    &dispatch,
                    || tracing::info!(parent: &outer, n = 1),
                );
            };
            scope.spawn(tell).join().unwrap();
        });
    });
    assert_eq!(capture.tree(), "outer\n  ! told n=1\n");
    assert_eq!(capture.accounting.events_dropped, 0);
}

#[test]
fn a_panic_fails_the_listed_span_that_it_began_in_and_no_other() {
    let capture = traced(&list(), || {
        let _outer = tracing::info_span!("outer").entered();
        let inner = tracing::info_span!("inner");
        let panics = || inner.in_scope(|| std::panic::resume_unwind(Box::new("ada@example.com")));
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
        assert!(caught.is_err());
    });
    assert_eq!(capture.tree(), "outer\n  inner ERROR panic\n");
}

#[test]
fn lines_and_spans_of_others_go_on_beside_the_layer() {
    let (capture, lines) = lines::lines_of(
        |writer| {
            let format = WithIds::text(tracing_subscriber::fmt::format().without_time());
            let lines = tracing_subscriber::fmt::layer()
                .with_writer(writer)
                .with_ansi(false);
            Registry::default()
                .with(lines.event_format(format))
                .with(layer(&list()).unwrap())
        },
        || {
            observed_runtime::testing::capture(|| {
                let _unlisted = tracing::info_span!("unlisted").entered();
                tracing::info!("before");
                let _outer = tracing::info_span!("outer").entered();
                tracing::info!("inside");
            })
            .1
        },
    );
    let span = &capture.spans[0];
    let ids = format!(
        "trace_id={} span_id={} trace_flags=03",
        span.trace_id, span.span_id
    );
    let expected =
        format!(" INFO unlisted: parents: before\n INFO unlisted:outer: parents: inside {ids}\n");
    assert_eq!(lines, expected);
}

#[test]
fn two_layers_on_one_subscriber_make_one_span_of_what_both_list() {
    let subscriber = Registry::default()
        .with(layer(&list()).unwrap())
        .with(layer(&list()).unwrap());
    let ((), capture) = observed_runtime::testing::capture(|| {
        tracing::subscriber::with_default(subscriber, || {
            let _outer = tracing::info_span!("outer").entered();
            let _own = observed_span!(name = "own_span");
        });
    });
    assert_eq!(capture.tree(), "outer\n  own_span\n");
    accounts(&capture);
}

#[test]
fn in_a_trace_that_is_not_recorded_nothing_listed_is() {
    let mut headers = http::HeaderMap::new();
    let value = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
    headers.insert("traceparent", value.parse().unwrap());
    let caller = context::propagation::extract(&headers);
    let capture = traced(&list(), || {
        caller.run(|| {
            let outer = tracing::info_span!("outer", n = 1);
            outer.in_scope(|| {
                let inside = context::current();
                assert_eq!(inside.trace_id(), caller.trace_id());
                assert!(!inside.is_sampled() && !inside.is_remote());
                observed_step(|| drop(tracing::info_span!("inner")));
                tracing::info!(n = 2);
            });
            assert_eq!(context::current(), caller);
        });
    });
    assert_eq!(capture.tree(), "");
    assert_eq!(
        (capture.accounting.started, capture.accounting.unsampled),
        (0, 1)
    );
}

#[test]
fn a_span_that_is_entered_twice_is_the_parent_in_both_places_and_ends_once() {
    let capture = traced(&list(), || {
        let outer = tracing::info_span!("outer");
        let first = outer.enter();
        let again = outer.enter();
        tracing::info!(n = 1);
        drop(tracing::info_span!("middle"));
        drop(again);
        drop(tracing::info_span!("middle"));
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        let elsewhere = || {
            tracing::dispatcher::with_default(&dispatch, || {
                outer.in_scope(|| {
                    tracing::info!(n = 2);
                    drop(tracing::info_span!("inner"));
                });
            });
        };
        thread::scope(|scope| scope.spawn(elsewhere).join().unwrap());
        drop(first);
        assert!(context::ids().is_none());
    });
    let tree = "outer\n  ! told n=1\n  ! told n=2\n  middle\n  middle\n  inner\n";
    assert_eq!(capture.tree(), tree);
    accounts(&capture);
}

#[test]
fn spans_that_are_left_in_another_order_stay_themselves() {
    let capture = traced(&list(), || {
        let (outer, inner) = (tracing::info_span!("outer"), tracing::info_span!("inner"));
        let in_outer = outer.enter();
        let in_inner = inner.enter();
        drop(in_outer);
        drop(tracing::info_span!("middle"));
        tracing::info!(n = 1);
        drop(in_inner);
        outer.in_scope(|| tracing::info!(n = 2));
        inner.in_scope(|| tracing::info!(n = 3));
        assert!(context::ids().is_none());
    });
    let tree = "outer\n  ! told n=2\ninner\n  ! told n=1\n  ! told n=3\n  middle\n";
    assert_eq!(capture.tree(), tree);
    accounts(&capture);
}

#[test]
fn of_events_that_wait_for_a_span_those_beyond_what_it_holds_are_dropped_and_counted() {
    let capture = traced(&list(), || {
        let outer = tracing::info_span!("outer").entered();
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        let tell = || {
            tracing::dispatcher::with_default(&dispatch, || {
                (0..130).for_each(|n: u64| tracing::info!(parent: &outer, n = n));
            });
        };
        thread::scope(|scope| scope.spawn(tell).join().unwrap());
    });
    assert_eq!(capture.spans[0].events.len(), 128);
    assert_eq!(capture.accounting.events_dropped, 2);
}

#[test]
fn an_event_whose_parent_is_neither_listed_nor_entered_is_nobodys() {
    let capture = traced_beside_others(&list(), || {
        let elsewhere = tracing::info_span!("unlisted");
        let _outer = tracing::info_span!("outer").entered();
        tracing::info!(parent: &elsewhere, n = 1);
    });
    assert_eq!(capture.tree(), "outer\n");
}

#[test]
fn under_a_parent_elsewhere_that_is_not_listed_a_span_is_a_root() {
    let capture = traced_beside_others(&list(), || {
        let elsewhere = tracing::info_span!("unlisted");
        let _outer = tracing::info_span!("outer").entered();
        drop(tracing::info_span!(parent: &elsewhere, "inner"));
    });
    let tree = capture.tree();
    let mut roots: Vec<&str> = tree.lines().collect();
    roots.sort_unstable();
    assert_eq!(roots, ["inner", "outer"]);
}

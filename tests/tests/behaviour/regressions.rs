//! Found by a review of the first release, each shown to fail before it was mended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context as Task, Waker};

use observed_runtime::context::{self, Context, TraceId};
use observed_runtime::testing::{capture, capture_future};
use observed_runtime::{observed, observed_event, observed_span};

#[test]
fn a_future_dropped_while_its_owner_unwinds_is_cancelled_and_the_owner_has_panicked() {
    #[observed(name = "waits")]
    async fn waits() {
        std::future::pending::<()>().await;
    }
    #[observed(name = "owner")]
    fn owner() {
        let mut future = pin!(waits());
        assert!(
            future
                .as_mut()
                .poll(&mut Task::from_waker(Waker::noop()))
                .is_pending()
        );
        panic!("planted");
    }
    let (_, capture) = capture(|| catch_unwind(owner));
    assert_eq!(capture.tree(), "owner ERROR panic\n  waits CANCELLED\n");
}

#[tokio::test]
async fn two_tasks_that_panic_one_after_the_other_are_both_marked() {
    #[observed(name = "task")]
    async fn task() {
        tokio::task::yield_now().await;
        panic!("planted");
    }
    let both = async {
        let poll = |future: std::pin::Pin<&mut _>| {
            let future: std::pin::Pin<&mut dyn Future<Output = ()>> = future;
            catch_unwind(AssertUnwindSafe(|| {
                future
                    .poll(&mut Task::from_waker(Waker::noop()))
                    .is_pending()
            }))
        };
        let (mut one, mut two) = (Box::pin(task()), Box::pin(task()));
        assert!(poll(one.as_mut()).is_ok() && poll(two.as_mut()).is_ok());
        assert!(poll(one.as_mut()).is_err() && poll(two.as_mut()).is_err());
    };
    let ((), capture) = capture_future(both).await;
    assert_eq!(capture.tree(), "task ERROR panic\ntask ERROR panic\n");
}

#[test]
fn a_trace_deeper_than_a_stack_is_recorded_and_shown() {
    const DEPTH: usize = 20_000;
    let ((), capture) = capture(|| {
        let mut guards: Vec<_> = (0..DEPTH).map(|_| observed_span!(name = "level")).collect();
        while guards.pop().is_some() {}
    });
    assert_eq!(capture.spans.len(), DEPTH);
    assert!(capture.accounting.adds_up());
}

#[tokio::test]
async fn a_parent_may_borrow_from_an_argument_that_moves_into_the_future() {
    #[observed(name = "moves", parent = &context, attrs(n = text.len()))]
    async fn moves(context: Context, text: String) -> (Context, String) {
        tokio::task::yield_now().await;
        (context, text)
    }
    let parent = Context::new_trace(TraceId::random());
    let ((given, _), capture) = capture_future(moves(parent.clone(), "abc".to_owned())).await;
    assert_eq!(given, parent);
    assert_eq!(capture.spans[0].trace_id, parent.trace_id());
}

#[test]
fn an_impl_trait_inside_a_result_keeps_its_coercions() {
    #[observed(name = "rows", err)]
    fn rows(fails: bool) -> Result<impl Iterator<Item = u32>, Box<dyn std::error::Error>> {
        if fails {
            return Err(Box::new(std::fmt::Error));
        }
        Ok(0..2)
    }
    #[observed(name = "fetch")]
    async fn fetch(fails: bool) -> Result<impl Iterator<Item = u32>, Box<dyn std::error::Error>> {
        if fails {
            return Err(Box::new(std::fmt::Error));
        }
        Ok(0..2)
    }
    assert_eq!(rows(false).unwrap().count(), 2);
    assert!(rows(true).is_err());
    drop(fetch(true));
}

#[test]
fn lint_levels_of_arguments_go_with_them() {
    #![deny(warnings)]
    #[observed(name = "unused", err)]
    fn unused(
        #[expect(unused_variables, reason = "its absence is what is tested")] text: String,
    ) -> Result<(), ()> {
        Ok(())
    }
    assert_eq!(unused(String::new()), Ok(()));
}

#[test]
fn a_cast_that_a_macro_puts_into_an_attribute_is_a_cast() {
    macro_rules! recorded {
        ($value:expr) => {{
            #[observed(name = "recorded", attrs(value = $value))]
            fn recorded() {}
            recorded()
        }};
    }
    let ((), capture) = capture(|| recorded!(1_i64 as u8));
    assert_eq!(capture.tree(), "recorded value=1\n");
}

#[test]
fn a_context_of_an_ended_capture_does_not_silence_the_next() {
    #[observed(name = "later", parent = kept)]
    fn later(kept: &Context) {}
    let (kept, _) = capture(|| {
        let _span = observed_span!(name = "earlier");
        observed_runtime::context::current()
    });
    let ((), capture) = capture(|| later(&kept));
    assert_eq!(capture.span("later").unwrap().parent, kept.span_id());
}

#[observed(name = "annotated_test")]
#[tokio::test]
async fn an_attribute_below_ours_still_finds_an_async_function() {
    tokio::task::yield_now().await;
}

#[test]
fn a_parent_or_an_error_code_whose_expression_panics_is_counted_and_the_span_recorded() {
    fn no_parent() -> &'static Context {
        panic!("no parent")
    }
    fn no_code(_: u32) -> &'static str {
        panic!("no code")
    }
    #[observed(name = "without_parent", parent = no_parent())]
    fn without_parent() {}
    #[observed(name = "without_code", err = no_code(*error))]
    fn without_code() -> Result<(), u32> {
        Err(1)
    }
    let (_, capture) = capture(|| {
        without_parent();
        without_code()
    });
    assert_eq!(capture.tree(), "without_parent\nwithout_code ERROR u32\n");
    assert_eq!(capture.accounting.attributes_lost, 2);
}

#[test]
fn links_beyond_the_limit_are_counted() {
    #[observed(name = "joins", links(linked.iter()))]
    fn joins(linked: &[Context]) -> usize {
        linked.len()
    }
    #[observed(name = "sends")]
    fn sends() -> Context {
        context::current()
    }
    let (_, capture) = capture(|| joins(&vec![sends(); 131]));
    let joined = capture.span("joins").unwrap();
    assert_eq!((joined.links.len(), joined.links_dropped), (128, 3));
    assert_eq!(capture.accounting.links_dropped, 3);
    assert_eq!(capture.accounting.attributes_lost, 0);
}

#[test]
fn events_beyond_the_limit_are_counted() {
    #[observed(name = "reports")]
    fn reports(times: u32) {
        for _ in 0..times {
            observed_event!(name = "reported");
        }
    }
    let ((), capture) = capture(|| reports(131));
    let span = capture.span("reports").unwrap();
    assert_eq!((span.events.len(), span.events_dropped), (128, 3));
    assert_eq!(capture.accounting.events_dropped, 3);
}

/// The same context again and again; a panic, and no test that hangs, where it is taken far beyond the bound.
fn without_end(context: &Context) -> impl Iterator<Item = &Context> {
    (0..).map(move |taken| {
        assert!(taken < 10_000, "taken {taken} times");
        context
    })
}

#[test]
fn links_without_end_are_looked_at_up_to_a_bound() {
    #[observed(name = "joins", links(without_end(linked)))]
    fn joins(linked: &Context) -> bool {
        linked.span_id() != context::SpanId::default()
    }
    // Of what is no span none is a link, and all are looked at.
    for (linked, links, dropped) in [(Context::default(), 0, 0), (propagated(), 128, 896)] {
        let (_, capture) = capture(|| joins(&linked));
        let span = &capture.spans[0];
        assert_eq!((span.links.len(), span.links_dropped), (links, dropped));
        let accounting = &capture.accounting;
        // A panic of the iterator would be caught, and counted here.
        assert_eq!(accounting.attributes_lost, 0);
        assert_eq!(accounting.links_dropped, u64::from(dropped));
    }
}

/// A context of some span.
fn propagated() -> Context {
    let (context, _) = capture(|| {
        let _span = observed_span!(name = "sends");
        context::current()
    });
    context
}

/// A value that leaves a span open when it is shown.
struct Leaves;

impl std::fmt::Display for Leaves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::mem::forget(observed_span!(name = "left_open", attrs(inner = 7)));
        f.write_str("shown")
    }
}

#[observed(name = "shows", attrs(first = 1, leaves = public_display(leaves), last = 3))]
fn shows(leaves: &Leaves) {
    let _inner = observed_span!(name = "after", attrs(own = 4));
}

#[test]
fn an_attribute_that_leaves_a_span_open_takes_nobodys_values() {
    let ((), capture) = capture(|| {
        let _outer = observed_span!(name = "outer", attrs(outer = 9));
        shows(&Leaves);
        let _next = observed_span!(name = "next", attrs(next = 5));
    });
    let shown: Vec<String> = capture
        .spans
        .iter()
        .map(|span| format!("{} {:?}", span.name, span.attributes))
        .collect();
    assert_eq!(
        shown,
        [
            "outer [(\"outer\", Int(9))]",
            "shows [(\"first\", Int(1)), (\"leaves\", Text(\"shown\")), (\"last\", Int(3))]",
            "after [(\"own\", Int(4))]",
            "next [(\"next\", Int(5))]",
        ]
    );
}

//! The rest of the grammar: late attributes, events, links, roots, scopes, error codes, returned futures.

use std::pin::Pin;

use observed_runtime::context::{self, Context};
use observed_runtime::testing::{CapturedValue, capture, capture_future};
use observed_runtime::{ObservedExt, observed, observed_event, observed_record, observed_span};

#[test]
fn a_late_attribute_belongs_to_the_span_that_declared_it() {
    #[observed(name = "read_rows", attrs(limit), late(rows: u64, rows.last: text, "rows.never": bool))]
    fn read(limit: u32) -> u32 {
        let _inner = observed_span!(name = "inner");
        observed_record!(rows = 1);
        observed_record!(rows = 2, rows.last = "last");
        limit
    }
    let (_, capture) = capture(|| read(9));
    assert_eq!(
        capture.tree(),
        "read_rows limit=9 rows=2 rows.last=\"last\"\n  inner\n"
    );
    assert_eq!(capture.accounting.attributes_lost, 0);
}

#[tokio::test]
async fn a_late_attribute_can_be_recorded_after_an_await() {
    #[observed(name = "fetch", err, late(rows: u64))]
    async fn fetch() -> Result<u64, ()> {
        tokio::task::yield_now().await;
        observed_record!(rows = 3);
        Ok(3)
    }
    let (_, capture) = capture_future(fetch()).await;
    assert_eq!(capture.tree(), "fetch rows=3\n");
}

#[test]
fn a_late_attribute_recorded_after_the_end_or_on_another_thread_is_lost_and_counted() {
    #[observed(name = "comes_late", late(rows: u64))]
    fn comes_late() -> impl Fn() {
        std::thread::spawn(move || observed_record!(rows = 1))
            .join()
            .unwrap();
        move || observed_record!(rows = 2)
    }
    let ((), capture) = capture(|| comes_late()());
    assert_eq!(capture.tree(), "comes_late\n");
    assert_eq!(capture.accounting.attributes_lost, 2);
}

#[test]
fn an_event_is_of_the_current_span_and_without_one_it_is_nothing() {
    #[observed(name = "read_rows")]
    fn read(rows: u32) {
        observed_event!(name = "before");
        let _inner = observed_span!(name = "inner");
        observed_event!(name = "table_empty", attrs(rows, why = "no data"));
    }
    let ((), capture) = capture(|| {
        observed_event!(name = "outside");
        read(0);
    });
    assert_eq!(
        capture.tree(),
        "read_rows\n  ! before\n  inner\n    ! table_empty rows=0 why=\"no data\"\n"
    );
}

#[test]
fn a_span_keeps_128_events_and_counts_the_others() {
    let ((), capture) = capture(|| {
        let _span = observed_span!(name = "noisy");
        for n in 0..130 {
            observed_event!(name = "tick", attrs(n));
        }
    });
    let span = capture.span("noisy").unwrap();
    assert_eq!((span.events.len(), span.events_dropped), (128, 2));
}

#[test]
fn links_name_other_spans_without_being_their_children() {
    #[observed(name = "send")]
    fn send() -> Context {
        context::current()
    }
    #[observed(name = "handle_batch", kind = consumer, links(senders.iter()), err)]
    fn handle(senders: Vec<Context>) -> Result<usize, ()> {
        Ok(senders.len())
    }
    let (_, capture) = capture(|| {
        let senders = vec![send(), send()];
        handle(senders)
    });
    let batch = capture.span("handle_batch").unwrap();
    let sent: Vec<_> = capture
        .spans
        .iter()
        .filter(|span| span.name == "send")
        .map(|span| span.span_id)
        .collect();
    let linked: Vec<_> = batch.links.iter().map(Context::span_id).collect();
    assert_eq!(linked, sent);
    assert!(!batch.parent.is_valid());
}

#[test]
fn a_root_begins_a_trace_inside_another_span() {
    #[observed(name = "clean_up", root)]
    fn clean_up() {
        drop(observed_span!(name = "child"));
    }
    #[observed(name = "caller")]
    fn caller() {
        clean_up();
        drop(observed_span!(name = "after"));
    }
    let ((), capture) = capture(caller);
    assert_eq!(capture.tree(), "caller\n  after\nclean_up\n  child\n");
    assert_ne!(
        capture.span("caller").unwrap().trace_id,
        capture.span("clean_up").unwrap().trace_id
    );
}

#[derive(Debug)]
struct Refused(u32);

impl Refused {
    fn code(&self) -> &'static str {
        if self.0 == 0 { "zero" } else { "other" }
    }
}

#[tokio::test]
async fn an_error_code_replaces_the_type_in_functions_and_futures() {
    #[observed(name = "plain", err = error.code())]
    fn plain(n: u32) -> Result<(), Refused> {
        Err(Refused(n))
    }
    #[observed(name = "with_await", err = error.code())]
    async fn with_await(n: u32) -> Result<(), Refused> {
        tokio::task::yield_now().await;
        Err(Refused(n))
    }
    #[observed(name = "fixed", err = "refused", future)]
    fn fixed(n: u32) -> impl Future<Output = Result<(), Refused>> {
        async move { Err(Refused(n)) }
    }
    let work = async { (plain(0), with_await(1).await, fixed(2).await) };
    let (_, capture) = capture_future(work).await;
    assert_eq!(
        capture.tree(),
        "plain ERROR zero\nwith_await ERROR other\nfixed ERROR refused\n"
    );
}

#[tokio::test]
async fn a_returned_future_is_observed_from_its_call() {
    #[observed(name = "returns_impl", future, attrs(n = text.len()), err)]
    fn returns_impl(text: String) -> impl Future<Output = Result<usize, ()>> {
        drop(observed_span!(name = "making"));
        async move {
            drop(observed_span!(name = "polling"));
            tokio::task::yield_now().await;
            Ok(text.len())
        }
    }
    #[observed(name = "returns_box", future)]
    fn returns_box<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = &'a str> + Send + 'a>> {
        Box::pin(async move { text })
    }
    let future = async { (returns_impl("abc".to_owned()).await, returns_box("x").await) };
    let (result, captured) = capture_future(future).await;
    assert_eq!(result, (Ok(3), "x"));
    assert_eq!(
        captured.tree(),
        "returns_impl n=3\n  making\n  polling\nreturns_box\n"
    );
    let ((), dropped) = capture(|| drop(returns_impl(String::new())));
    assert_eq!(dropped.tree(), "returns_impl n=0 CANCELLED\n  making\n");
}

#[tokio::test]
async fn a_block_span_is_given_to_a_future() {
    async fn caller() -> u32 {
        let work = async {
            tokio::task::yield_now().await;
            drop(observed_span!(name = "inside"));
            7
        };
        let result = work
            .observed(observed_span!(name = "work", attrs(step = 1)))
            .await;
        drop(observed_span!(name = "after"));
        result
    }
    let (result, capture) = capture_future(caller()).await;
    assert_eq!(result, 7);
    assert_eq!(capture.tree(), "work step=1\n  inside\nafter\n");
}

#[test]
fn the_runtime_may_be_found_under_another_path() {
    mod facade {
        pub(super) use observed_runtime as tracing;
    }
    #[observed(name = "renamed", crate = facade::tracing, err, attrs(n))]
    fn renamed(n: u32) -> Result<u32, ()> {
        Ok(n)
    }
    let (_, capture) = capture(|| renamed(1));
    assert_eq!(capture.tree(), "renamed n=1\n");
}

#[test]
fn a_scope_in_a_capture_is_on() {
    #[observed(name = "scoped", scope = "pipeline")]
    fn scoped() {}
    let ((), capture) = capture(scoped);
    assert_eq!(capture.tree(), "scoped\n");
}

#[test]
fn an_expression_of_links_that_panics_is_a_lost_attribute() {
    fn senders(from: &[Context]) -> std::slice::Iter<'_, Context> {
        assert!(from.is_empty(), "planted");
        from.iter()
    }
    #[observed(name = "handle", links(senders(from)), attrs(n = 1))]
    fn handle(from: &[Context]) -> usize {
        from.len()
    }
    let (result, capture) = capture(|| handle(&[Context::default()]));
    assert_eq!(result, 1);
    assert_eq!(capture.tree(), "handle n=1\n");
    assert_eq!(capture.accounting.attributes_lost, 1);
    assert_eq!(
        capture.span("handle").unwrap().attributes,
        [("n", CapturedValue::Int(1))]
    );
}

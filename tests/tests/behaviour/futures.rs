//! Asynchronous functions: the span is the life from the first poll to the last, current during each poll.

use std::future::{pending, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use observed_runtime::testing::{CapturedStatus, capture, capture_future};
use observed_runtime::{InContextExt, observed, observed_event, observed_record};

#[observed(name = "leaf", attrs(n))]
fn leaf(n: u32) -> u32 {
    n
}

#[observed(name = "fetch", attrs(n))]
async fn fetch(n: u32) -> u32 {
    leaf(n);
    tokio::task::yield_now().await;
    leaf(n + 1)
}

#[observed(name = "fetch_err", err)]
async fn fetch_err(fails: bool) -> Result<u32, std::fmt::Error> {
    tokio::task::yield_now().await;
    if fails {
        return Err(std::fmt::Error);
    }
    Ok(fetch(1).await)
}

#[tokio::test]
async fn a_span_is_current_before_and_after_a_yield() {
    let (result, capture) = capture_future(fetch(1)).await;
    assert_eq!(result, 2);
    assert_eq!(capture.tree(), "fetch n=1\n  leaf n=1\n  leaf n=2\n");
}

#[tokio::test]
async fn interleaved_futures_keep_their_children_apart() {
    let (_, capture) = capture_future(async { tokio::join!(fetch(1), fetch(10)) }).await;
    let expected = "fetch n=1\n  leaf n=1\n  leaf n=2\nfetch n=10\n  leaf n=10\n  leaf n=11\n";
    assert_eq!(capture.tree(), expected);
}

#[tokio::test]
async fn an_error_of_a_future_is_seen() {
    let (_, failed) = capture_future(fetch_err(true)).await;
    assert_eq!(failed.tree(), "fetch_err ERROR core::fmt::Error\n");
    let (_, returned) = capture_future(fetch_err(false)).await;
    assert_eq!(
        returned.tree(),
        "fetch_err\n  fetch n=1\n    leaf n=1\n    leaf n=2\n"
    );
}

#[test]
fn a_future_that_is_never_polled_leaves_no_span() {
    let ((), capture) = capture(|| drop(fetch(1)));
    assert_eq!(capture.tree(), "");
    assert_eq!(capture.accounting.started, 0);
}

#[test]
fn a_future_dropped_before_completion_is_marked_cancelled() {
    #[observed(name = "waits")]
    async fn waits() {
        leaf(1);
        pending::<()>().await;
    }
    let ((), capture) = capture(|| {
        let mut future = pin!(waits());
        let mut task = Context::from_waker(Waker::noop());
        assert_eq!(future.as_mut().poll(&mut task), Poll::Pending);
    });
    assert_eq!(capture.tree(), "waits CANCELLED\n  leaf n=1\n");
    assert!(capture.accounting.adds_up());
}

#[tokio::test]
async fn a_panic_in_a_poll_is_on_the_innermost_span() {
    #[observed(name = "inner")]
    async fn inner() {
        tokio::task::yield_now().await;
        panic!("planted");
    }
    #[observed(name = "outer")]
    async fn outer() {
        inner().await;
    }
    let task = async {
        let task = tokio::spawn(outer().in_current_context());
        assert!(task.await.unwrap_err().is_panic());
    };
    let ((), capture) = capture_future(task).await;
    assert_eq!(capture.tree(), "outer\n  inner ERROR panic\n");
    assert!(capture.accounting.adds_up());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spans_follow_a_task_over_threads_and_the_account_adds_up() {
    let tasks = async {
        let tasks: Vec<_> = (0..50)
            .map(|n| tokio::spawn(fetch(n).in_current_context()))
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    };
    let ((), capture) = capture_future(tasks).await;
    assert_eq!(capture.spans.len(), 150);
    assert!(capture.accounting.adds_up(), "{:?}", capture.accounting);
    for span in capture.spans.iter().filter(|span| span.name == "leaf") {
        assert!(
            capture
                .spans
                .iter()
                .any(|parent| parent.span_id == span.parent)
        );
    }
}

#[test]
fn an_observed_future_is_send_when_its_body_is() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&fetch(1));
    is_send(&fetch_err(true));
}

#[test]
fn the_wrapper_adds_at_most_24_bytes() {
    #[expect(
        clippy::large_types_passed_by_value,
        reason = "its size is what is measured"
    )]
    async fn plain(block: [u8; 512]) -> u8 {
        ready(()).await;
        block[0]
    }
    #[observed(name = "wrapped")]
    #[expect(
        clippy::large_types_passed_by_value,
        reason = "its size is what is measured"
    )]
    async fn wrapped(block: [u8; 512]) -> u8 {
        ready(()).await;
        block[0]
    }
    // An `expect` keeps the `async fn`, an `allow` does not (ADR 007).
    #[observed(name = "plain_form")]
    #[allow(
        clippy::large_types_passed_by_value,
        reason = "its size is what is measured"
    )]
    async fn plain_form(block: [u8; 512]) -> u8 {
        ready(()).await;
        block[0]
    }
    let plain = size_of_val(&plain([0; 512]));
    for annotated in [
        size_of_val(&wrapped([0; 512])),
        size_of_val(&plain_form([0; 512])),
    ] {
        assert!(
            annotated <= plain + 24,
            "{plain} bytes plain, {annotated} annotated"
        );
    }
}

#[tokio::test]
async fn a_span_has_nothing_of_the_one_whose_memory_it_is_written_into() {
    #[observed(
        name = "rich",
        attrs(a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9, j = 10, k = n),
        links(linked.iter()),
        late(total: u32),
        err
    )]
    async fn rich(n: u32, linked: &[observed_runtime::Context]) -> Result<u32, std::fmt::Error> {
        observed_record!(total = n);
        observed_event!(name = "priced", attrs(n));
        tokio::task::yield_now().await;
        Err(std::fmt::Error)
    }
    #[observed(name = "bare")]
    async fn bare() {
        tokio::task::yield_now().await;
    }
    // Values that were left would be read as what comes behind them.
    #[observed(name = "told")]
    async fn told() {
        observed_event!(name = "seen");
        tokio::task::yield_now().await;
    }
    #[observed(name = "outer")]
    async fn outer() {
        for n in 0..3 {
            let _ = rich(n, &[observed_runtime::context::current()]).await;
            bare().await;
            fetch(n).await;
            told().await;
        }
    }
    let ((), capture) = capture_future(outer()).await;
    let of = |name: &'static str| capture.spans.iter().filter(move |span| span.name == name);
    assert_eq!((of("rich").count(), of("bare").count()), (3, 3));
    for span in of("rich") {
        assert_eq!(
            (span.attributes.len(), span.events.len(), span.links.len()),
            (12, 1, 1)
        );
    }
    for span in of("bare") {
        assert!(span.attributes.is_empty() && span.events.is_empty() && span.links.is_empty());
        assert_eq!(span.status, CapturedStatus::Unset);
    }
    assert!(of("fetch").all(|span| span.attributes.len() == 1));
    for span in of("told") {
        let events: Vec<_> = span.events.iter().map(|event| event.name).collect();
        assert_eq!((events, span.attributes.len()), (vec!["seen"], 0));
    }
}

//! R18: the context crosses threads, pools and services by a small explicit wrapper.

use observed_runtime::context::propagation::{self, ExtractLayer};
use observed_runtime::context::{self, Context, TraceId};
use observed_runtime::testing::{capture, capture_future};
use observed_runtime::{InContextExt, observed};
use proptest::prelude::*;
use tower::{Layer, ServiceExt};

#[observed(name = "work", attrs(n))]
fn work(n: u32) -> u32 {
    n
}

#[observed(name = "hand_out")]
fn hand_out() {
    let wrapped = context::wrap(|| work(1));
    std::thread::spawn(wrapped).join().unwrap();
    std::thread::spawn(|| work(2)).join().unwrap();
}

#[test]
fn a_wrapped_closure_works_under_the_span_that_wrapped_it_and_a_bare_one_does_not() {
    let ((), capture) = capture(hand_out);
    assert_eq!(capture.tree(), "hand_out\n  work n=1\n");
}

#[test]
fn a_pool_runs_many_jobs_in_one_context() {
    use rayon::prelude::*;
    #[observed(name = "batch")]
    fn batch() -> u32 {
        let context = context::current();
        (0..100_u32)
            .into_par_iter()
            .map(|n| context.run(|| work(n)))
            .sum()
    }
    let (sum, capture) = capture(batch);
    assert_eq!(sum, 4_950);
    let batch = capture.span("batch").unwrap().span_id;
    let jobs = capture.spans.iter().filter(|span| span.parent == batch);
    assert_eq!(jobs.count(), 100);
    assert_eq!(context::current(), Context::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_context_crosses_spawn_and_spawn_blocking() {
    #[observed(name = "request")]
    async fn request() {
        tokio::spawn(async { work(1) }.in_current_context())
            .await
            .unwrap();
        tokio::task::spawn_blocking(context::wrap(|| work(2)))
            .await
            .unwrap();
    }
    let ((), capture) = capture_future(request()).await;
    assert_eq!(capture.tree(), "request\n  work n=1\n  work n=2\n");
}

#[test]
fn an_attached_context_is_current_until_its_guard_is_dropped() {
    let ((), capture) = capture(|| {
        let outer = {
            let _span = observed_runtime::observed_span!(name = "outer");
            context::current()
        };
        {
            let _current = outer.attach();
            work(1);
            let nothing = Context::default().attach();
            work(2);
            drop(nothing);
            work(3);
        }
        work(4);
    });
    assert_eq!(
        capture.tree(),
        "outer\n  work n=1\n  work n=3\nwork n=2\nwork n=4\n"
    );
}

#[tokio::test]
async fn links_are_asked_for_before_the_span_is_current() {
    #[observed(name = "child", links(Some(context::current()).iter()))]
    fn child() {}
    #[observed(name = "child_later", links(Some(context::current()).iter()))]
    async fn child_later() {}
    #[observed(name = "root_child", root, links(Some(context::current()).iter()))]
    fn root_child() {
        work(1);
    }
    #[observed(name = "alone", links(Some(context::current()).iter()))]
    fn alone() {}
    #[observed(name = "around")]
    async fn around() {
        child();
        child_later().await;
        root_child();
    }
    let ((), capture) = capture_future(async {
        around().await;
        alone();
    })
    .await;
    let around = capture.span("around").unwrap().span_id;
    for name in ["child", "child_later", "root_child"] {
        let span = capture.span(name).unwrap();
        let linked: Vec<_> = span.links.iter().map(Context::span_id).collect();
        assert_eq!(linked, [around], "{name}");
    }
    let root = capture.span("root_child").unwrap().span_id;
    assert_eq!(capture.span("work").unwrap().parent, root);
    let alone = capture.span("alone").unwrap();
    assert!(alone.links.is_empty(), "nothing was current");
}

#[test]
fn an_explicit_parent_wins_over_the_current_span() {
    #[observed(name = "child", parent = parent)]
    fn child(parent: &Context) -> TraceId {
        context::current().trace_id()
    }
    #[observed(name = "caller")]
    fn caller(parent: &Context) -> TraceId {
        child(parent)
    }
    let parent = Context::new_trace(TraceId::random());
    let (inside, capture) = capture(|| caller(&parent));
    assert_eq!(inside, parent.trace_id());
    assert_eq!(capture.span("child").unwrap().trace_id, parent.trace_id());
    assert!(
        !capture.span("child").unwrap().parent.is_valid(),
        "the first span of a trace is its root"
    );
    assert_ne!(capture.span("caller").unwrap().trace_id, parent.trace_id());
}

#[test]
fn the_current_context_is_that_of_the_innermost_span() {
    let (inside, capture) = capture(|| {
        let _span = observed_runtime::observed_span!(name = "outer");
        context::current()
    });
    assert_eq!(inside.span_id(), capture.spans[0].span_id);
    assert!(inside.is_sampled() && !inside.is_remote());
    assert_eq!(
        context::current(),
        Context::default(),
        "outside of any span there is no context"
    );
}

#[test]
fn an_unsampled_parent_silences_its_children_and_passes_its_decision_on() {
    #[observed(name = "entry", parent = remote)]
    fn entry(remote: &Context) -> Context {
        work(1);
        context::current()
    }
    let mut headers = http::HeaderMap::new();
    let unsampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    headers.insert("traceparent", unsampled.parse().unwrap());
    let remote = context::propagation::extract(&headers);
    let (inside, capture) = capture(|| entry(&remote));
    assert_eq!(capture.tree(), "");
    assert_eq!(
        (capture.accounting.started, capture.accounting.unsampled),
        (0, 1)
    );
    assert_eq!(inside.trace_id(), remote.trace_id());
    let mut forwarded = http::HeaderMap::new();
    context::propagation::inject(&inside, &mut forwarded);
    assert!(forwarded["traceparent"].to_str().unwrap().ends_with("-00"));
}

#[tokio::test]
async fn a_request_runs_under_the_span_that_its_headers_name() {
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let handler = tower::service_fn(|_: http::Request<()>| async {
        tokio::task::yield_now().await;
        work(1);
        Ok::<_, std::convert::Infallible>(http::Response::new(()))
    });
    let service = ExtractLayer.layer(handler);
    let requests = async {
        let named = http::Request::builder()
            .header("traceparent", PARENT)
            .body(());
        service.clone().oneshot(named.unwrap()).await.unwrap();
        service
            .clone()
            .oneshot(http::Request::new(()))
            .await
            .unwrap();
        let broken = http::Request::builder()
            .header("traceparent", "00-broken")
            .body(());
        service.oneshot(broken.unwrap()).await.unwrap();
    };
    let ((), capture) = capture_future(requests).await;
    let parents: Vec<_> = capture
        .spans
        .iter()
        .map(|span| span.parent.to_string())
        .collect();
    assert_eq!(parents[0], "00f067aa0ba902b7");
    assert_eq!(
        capture.spans[0].trace_id.to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    assert!(
        capture.spans[1..]
            .iter()
            .all(|span| !span.parent.is_valid())
    );
    assert_eq!(capture.spans.len(), 3, "the layer makes no span of its own");
}

/// A body of three rows, each of which is a span.
struct Rows(u32);

impl http_body::Body for Rows {
    type Data = std::io::Cursor<Vec<u8>>;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        let left = self.0.checked_sub(1);
        std::task::Poll::Ready(left.map(|left| {
            self.0 = work(left);
            Ok(http_body::Frame::data(std::io::Cursor::new(vec![0; 8])))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.0 == 0
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(u64::from(self.0) * 8)
    }
}

#[tokio::test]
async fn a_streamed_body_is_read_under_the_span_that_the_requests_headers_name() {
    use http_body::Body;
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let handler = tower::service_fn(|_: http::Request<()>| async {
        Ok::<_, std::convert::Infallible>(http::Response::new(Rows(3)))
    });
    let service = ExtractLayer.layer(handler);
    let read = async |request: http::Request<()>| {
        let mut body = std::pin::pin!(service.clone().oneshot(request).await.unwrap().into_body());
        assert_eq!(
            (body.size_hint().exact(), body.is_end_stream()),
            (Some(24), false)
        );
        while std::future::poll_fn(|task| body.as_mut().poll_frame(task))
            .await
            .is_some()
        {}
        assert!(body.is_end_stream());
        assert!(
            !context::current().trace_id().is_valid(),
            "between the rows nothing is current"
        );
    };
    let requests = async {
        let named = http::Request::builder()
            .header("traceparent", PARENT)
            .body(());
        read(named.unwrap()).await;
        read(http::Request::new(())).await;
    };
    let ((), capture) = capture_future(requests).await;
    let (named, others) = capture.spans.split_at(3);
    for row in named {
        assert_eq!(row.parent.to_string(), "00f067aa0ba902b7");
        assert_eq!(row.trace_id.to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
    }
    assert_eq!(others.len(), 3);
    assert!(
        others.iter().all(|row| !row.parent.is_valid()),
        "without a header it is as without the layer"
    );
}

#[tokio::test]
async fn the_layer_goes_around_a_whole_router() {
    let rows = || async { axum::body::Body::new(axum::body::Body::from("row")) };
    let route = axum::routing::get(rows);
    let service = axum::Router::<()>::new()
        .route("/", route)
        .layer(ExtractLayer);
    let request = http::Request::new(axum::body::Body::empty());
    let response = service.oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(response.into_body(), 8).await.unwrap();
    assert_eq!(&body[..], b"row");
}

/// What a span below `parent` tells the services that it calls, and whether it is recorded.
fn told_below(flags: &str, state: &str) -> (String, String, usize) {
    #[observed(name = "entry", parent = parent)]
    fn entry(parent: &Context) -> Context {
        context::wrap(|| {
            work(1);
            context::current()
        })()
    }
    let mut headers = http::HeaderMap::new();
    if !flags.is_empty() {
        let parent = format!("00-0af7651916cd43dd84ffffffffffffff-b7ad6b7169203331-{flags}");
        headers.insert("traceparent", parent.parse().unwrap());
        headers.insert("tracestate", state.parse().unwrap());
    }
    let (inside, capture) = capture(|| entry(&propagation::extract(&headers)));
    let mut told = http::HeaderMap::new();
    propagation::inject(&inside, &mut told);
    let text = |name| {
        told.get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    let flags = text("traceparent").split_off(53);
    (flags, text("tracestate"), capture.spans.len())
}

#[test]
fn a_root_tells_by_which_threshold_it_was_sampled_and_that_its_id_is_random() {
    assert_eq!(
        told_below("", ""),
        ("03".to_owned(), "ot=th:0".to_owned(), 2)
    );
}

#[test]
fn a_callers_threshold_is_passed_on_where_it_is_recorded_and_removed_where_it_is_not() {
    let list = "a=1,ot=p:8;th:8,b=2";
    let told = |flags: &str, state: &str, spans| (flags.to_owned(), state.to_owned(), spans);
    assert_eq!(told_below("03", list), told("03", list, 2));
    assert_eq!(told_below("02", list), told("02", "ot=p:8,a=1,b=2", 0));
    assert_eq!(told_below("01", "ot=th:8"), told("01", "ot=th:8", 2));
    assert_eq!(told_below("00", "ot=th:8"), told("00", "", 0));
    let contradicts = "a=1,ot=th:8;rv:7fffffffffffff";
    assert_eq!(
        told_below("03", contradicts),
        told("03", "ot=rv:7fffffffffffff,a=1", 2)
    );
}

#[test]
fn what_of_a_callers_state_is_not_carried_on_is_counted() {
    let mut headers = http::HeaderMap::new();
    headers.insert(
        "traceparent",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            .parse()
            .unwrap(),
    );
    let members: Vec<String> = (0..40).map(|n| format!("k{n}=1")).collect();
    let ((), capture) = capture(|| {
        let _span = observed_runtime::observed_span!(name = "outer");
        headers.insert("tracestate", members.join(",").parse().unwrap());
        assert!(propagation::extract(&headers).is_remote());
        headers.insert("tracestate", "malformed".parse().unwrap());
        assert!(propagation::extract(&headers).is_remote());
    });
    assert_eq!(capture.accounting.tracestate_members_dropped, 8 + 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_header_is_read_without_harm(
        parent in prop::collection::vec(any::<u8>(), 0..80),
        state in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let mut headers = http::HeaderMap::new();
        for (name, value) in [("traceparent", parent), ("tracestate", state)] {
            if let Ok(value) = http::HeaderValue::from_bytes(&value) {
                headers.insert(name, value);
            }
        }
        let context = propagation::extract(&headers);
        prop_assert!(!context.is_sampled());
    }

    #[test]
    fn what_is_read_is_written_again(
        trace in "[0-9a-f]{32}", span in "[0-9a-f]{16}", flags in "0[0-3]", state in "[a-z]{1,8}=[a-z0-9]{1,16}",
    ) {
        let written = format!("00-{trace}-{span}-{flags}");
        let mut headers = http::HeaderMap::new();
        headers.insert("traceparent", written.parse().unwrap());
        headers.insert("tracestate", state.parse().unwrap());
        let context = propagation::extract(&headers);
        let mut forwarded = http::HeaderMap::new();
        propagation::inject(&context, &mut forwarded);
        // All zeros name nothing (W3C Trace Context, sections 3.2.2.3 and 3.2.2.4).
        if trace.bytes().all(|digit| digit == b'0') || span.bytes().all(|digit| digit == b'0') {
            prop_assert!(forwarded.is_empty());
        } else {
            prop_assert_eq!(forwarded["traceparent"].to_str().unwrap(), written);
            prop_assert_eq!(forwarded["tracestate"].to_str().unwrap(), state);
        }
    }
}

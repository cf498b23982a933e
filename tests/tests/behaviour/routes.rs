//! R3: names of requests are a method of the closed list and a template that the program wrote.

use observed_runtime::context::Context;
use observed_runtime::testing::{capture, capture_future};
use observed_runtime::{observed, observed_record, observed_span};
use proptest::prelude::*;

fn twice(n: u32) -> u64 {
    u64::from(n) * 2
}

#[observed(name = route(method, template), kind = server, attrs(n), late(rows: u64))]
fn handle(method: &str, template: &'static str, n: u32) -> u32 {
    observed_record!(rows = twice(n));
    n
}

#[observed(name = route(method, template), kind = server, err, attrs(n), late(rows: u64))]
fn handle_err(method: &http::Method, template: Option<&'static str>, n: u32) -> Result<u32, u8> {
    observed_record!(rows = twice(n));
    if n == 0 { Err(1) } else { Ok(n) }
}

#[observed(name = route(request.method(), "/orders/{id}"), kind = server, parent = parent, err, attrs(n), late(rows: u64))]
async fn handle_later(
    request: http::Request<()>,
    parent: &Context,
    n: u32,
) -> Result<http::Request<()>, u8> {
    std::future::ready(()).await;
    observed_record!(rows = twice(n));
    Ok(request)
}

#[observed(name = route(&method, "/orders"), kind = client, root)]
async fn call(method: String) -> usize {
    method.len()
}

#[observed(name = route("GET", "/health"), kind = server)]
fn health() {}

#[test]
fn a_request_is_named_by_its_method_and_its_template() {
    let ((), capture) = capture(|| {
        handle("GET", "/users/{id}", 7);
        handle("POST", "/users", 8);
        handle("get", "/users", 9);
        health();
    });
    assert_eq!(
        capture.tree(),
        "GET /users/{id} (server) n=7 rows=14\nPOST /users (server) n=8 rows=16\nHTTP /users (server) n=9 rows=18\n\
         GET /health (server)\n"
    );
    assert_eq!(capture.accounting.routes_unnamed, 0);
}

#[tokio::test]
async fn every_shape_of_function_gets_its_values_under_its_own_name() {
    let ((), capture) = capture_future(async {
        let (get, other) = (
            http::Method::GET,
            http::Method::from_bytes(b"PURGE").unwrap(),
        );
        handle_err(&get, Some("/users/{id}"), 1).unwrap();
        handle_err(&get, None, 0).unwrap_err();
        handle_err(&other, None, 2).unwrap();
        let request = http::Request::put("/orders/7").body(()).unwrap();
        handle_later(request, &Context::default(), 3).await.unwrap();
        call("DELETE".to_owned()).await;
        let _block = observed_span!(name = route("GET", "/blocks/{id}"), kind = client);
        let template = "/made/{id}";
        let _inner = observed_span!(name = route("GET", template), kind = client, attrs(n = 4));
    })
    .await;
    assert_eq!(
        capture.tree(),
        "GET /users/{id} (server) n=1 rows=2\nGET (server) n=0 rows=0 ERROR u8\nHTTP (server) n=2 rows=4\n\
         PUT /orders/{id} (server) n=3 rows=6\nDELETE /orders (client)\n\
         GET /blocks/{id} (client)\n  GET /made/{id} (client) n=4\n"
    );
}

#[test]
fn two_annotations_with_one_route_keep_their_own_keys() {
    #[observed(name = route(method, "/same"), kind = client, attrs(other = 1))]
    fn other(method: &str) {}
    let ((), capture) = capture(|| {
        handle("GET", "/same", 7);
        other("GET");
    });
    assert_eq!(
        capture.tree(),
        "GET /same (server) n=7 rows=14\nGET /same (client) other=1\n"
    );
}

#[test]
fn a_template_whose_expression_panics_leaves_the_name_of_an_unknown_request() {
    fn template() -> &'static str {
        std::panic::resume_unwind(Box::new("no template"))
    }
    #[observed(name = route("GET", template()), kind = server, attrs(n))]
    fn handle(n: u32) -> u32 {
        n
    }
    let (n, capture) = capture(|| handle(3));
    assert_eq!((n, capture.tree().as_str()), (3, "HTTP (server) n=3\n"));
    assert_eq!(capture.accounting.attributes_lost, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_as_a_method_or_a_template_a_name_has_its_shape(method in ".{0,12}", template in "/?.{0,40}") {
        // A program that takes a path for a template by leaking it.
        let template: &'static str = template.leak();
        let (_, capture) = capture(|| handle(&method, template, 1));
        let name = capture.spans[0].name;
        let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
        prop_assert!(observed_syntax::routes::method(first) == first, "{}", name);
        prop_assert!(rest.is_empty() || observed_syntax::routes::is_template(rest), "{}", name);
        let is_template = observed_syntax::routes::is_template(template);
        prop_assert_eq!(rest, if is_template { template } else { "" });
        prop_assert_eq!(capture.accounting.routes_unnamed, u64::from(!is_template));
    }
}

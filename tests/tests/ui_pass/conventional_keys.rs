//! Keys of the semantic conventions with the values that these ask for, and one's own beside them.
#![deny(warnings)]

use std::time::Duration;

use observed_runtime::{AttributeValue, observed, observed_event, observed_record};

#[derive(AttributeValue)]
enum Scheme {
    Http,
    Https,
}

/// Another name of a whole number.
type Status = u16;

#[observed(
    name = "answer_request",
    attrs(
        http.response.status_code = status,
        url.scheme = scheme,
        http.request.method = public_static("GET"),
        gen_ai.response.finish_reasons = public(reasons),
        gen_ai.request.temperature = 0.5,
        app.jank.period = waited,
        error.type = "timeout",
        server.port = -1,
        shop.server.port = public_static("of our own"),
    ),
    late(http.response.body.size: Status, http.route: text),
)]
fn answer(status: Status, scheme: Scheme, waited: Duration, reasons: &[&str]) {
    observed_record!(http.response.body.size = status, http.route = public_static("/orders"));
    observed_event!(name = "page_broken", attrs(exception.type = "overflow"));
}

/// Where a backend still reads the old key.
#[allow(deprecated)]
#[observed(name = "answer_as_before", attrs(http.method = public_static("GET")))]
fn answer_as_before() {}

#[allow(deprecated)]
mod before {
    use observed_runtime::observed_span;

    pub fn read() {
        let _span = observed_span!(name = "read_as_before", attrs(db.system = "sqlite"));
    }
}

fn main() {
    for scheme in [Scheme::Http, Scheme::Https] {
        answer(200, scheme, Duration::ZERO, &["a", "b"]);
    }
    answer_as_before();
    before::read();
}

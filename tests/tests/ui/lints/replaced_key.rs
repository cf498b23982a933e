//! R22-deprecated-key: the key that replaces it is named, on the key, as a deprecated item is.
#![deny(deprecated)]

use observed_runtime::{observed, observed_event, observed_span};

#[observed(name = "answer_request", attrs(http.method = public_static("GET")), late(http.status_code: u16))]
fn answer() {
    let _span = observed_span!(name = "read_rows", attrs("db.system" = "sqlite"));
    observed_event!(name = "row_read", attrs(message.id = 7));
}

#[observed(name = "answer_later", attrs(http.scheme = public_static("https")))]
async fn answer_later() {}

fn main() {
    let _ = (answer, answer_later);
}

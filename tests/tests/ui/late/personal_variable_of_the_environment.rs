//! R10-personal-name: a text that selects what a local holds is looked up.
//! Passes: `"DB_PASSWORD"` -> `"DB_ENGINE"`

use observed_runtime::{observed, observed_record};

#[observed(name = "connect", late(label: text))]
fn connect() {
    let found = std::env::var("DB_PASSWORD").unwrap_or_default();
    observed_record!(label = public(&found));
}

fn main() {}

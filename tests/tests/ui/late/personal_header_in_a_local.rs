//! R10-personal-name: so is one that a method takes.
//! Passes: `"authorization"` -> `"content-type"`

use std::collections::HashMap;

use observed_runtime::{observed, observed_record};

#[observed(name = "answer", late(label: text))]
fn answer(headers: &HashMap<String, String>) {
    let found = headers.get("authorization").unwrap();
    observed_record!(label = public(found));
}

fn main() {}

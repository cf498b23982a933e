//! R1 (cannot find macro): A record stands in an annotated function: an ordinary compile error.
//! Passes: `fn price` -> `#[observed(name = "a", late(lines: u64))] fn price`

use observed_runtime::{observed, observed_record};

fn price(lines: u64) {
    observed_record!(lines);
}

fn main() {}

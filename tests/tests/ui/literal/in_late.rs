//! R10-personal-literal: a late attribute is given no literal that looks like personal data.
//! Passes: `ana@example.com` -> `everybody`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(to: text))]
fn greet() {
    observed_record!(to = "ana@example.com");
}

fn main() {}

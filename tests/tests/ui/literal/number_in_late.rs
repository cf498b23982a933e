//! R10-personal-literal: and one that the body records.
//! Passes: `11222333000181` -> `11222333000182`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(id: u64))]
fn greet() {
    observed_record!(id = 11222333000181);
}

fn main() {}

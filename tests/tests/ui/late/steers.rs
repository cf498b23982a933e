//! R5-expression: an expression of a record cannot leave the function.
//! Passes: `lines?` -> `lines`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(total: Option<u64>))]
fn price(lines: Option<u64>) -> Option<u64> {
    observed_record!(total = lines?);
    lines
}

fn main() {}

//! R7-whole-value: a text that shows a value with marks is the value.
//! Passes: `Classified, Debug` -> `Debug`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified, Debug)]
struct Customer {
    lines: u32,
}

#[observed(name = "price_order", late(said: text))]
fn price(customer: &Customer) {
    let said = format!("{customer:?}");
    observed_record!(said = public(said));
}

fn main() {}

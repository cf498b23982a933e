//! R7-pii-field: a name that a match gives a marked field is followed.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: Option<String>,
}

#[observed(name = "price_order", late(note: text))]
fn price(customer: &Customer) {
    match customer {
        Customer { memo: Some(note) } => observed_record!(note = public(note)),
        Customer { .. } => {}
    }
}

fn main() {}

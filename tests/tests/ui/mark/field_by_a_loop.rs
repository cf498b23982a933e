//! R7-pii-field: the pattern of a loop takes a field out of each element.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: String,
}

#[observed(name = "price_order", late(said: text))]
fn price(customers: &[Customer]) {
    for Customer { memo } in customers {
        observed_record!(said = public(memo));
    }
}

fn main() {}

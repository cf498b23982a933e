//! R7-pii-field: what a closure makes of each element is followed.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: String,
}

#[observed(name = "price_order", late(said: text))]
fn price(customers: &[Customer]) {
    let said: String = customers.iter().map(|it| it.memo.to_uppercase()).collect();
    observed_record!(said = public(said));
}

fn main() {}

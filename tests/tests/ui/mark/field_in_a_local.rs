//! R7-pii-field: a name that a body gives a marked field is followed.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: Option<String>,
}

#[observed(name = "price_order", late(note: text))]
fn price(customer: &Customer) {
    let memo = customer.memo.clone().unwrap_or_default();
    let note = memo.trim();
    observed_record!(note = public(note));
}

fn main() {}

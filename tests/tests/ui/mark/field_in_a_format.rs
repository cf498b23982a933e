//! R7-pii-field: a text that shows a marked field is followed.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: Option<String>,
}

#[observed(name = "price_order", late(note: text))]
fn price(customer: &Customer) {
    let note = format!("{:?}", customer.memo);
    observed_record!(note = public(note));
}

fn main() {}

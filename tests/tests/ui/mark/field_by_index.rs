//! R7-pii-field: a marked field is one where an element of it is taken too.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: Option<String>,
}

#[observed(name = "price_order", late(note: text))]
fn price(customer: &Customer) {
    let notes = [&customer.memo];
    let note = notes[0].as_deref().unwrap_or_default();
    observed_record!(note = public(note));
}

fn main() {}

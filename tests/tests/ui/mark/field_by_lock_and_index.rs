//! R7-pii-field: a field is one wherever its owner comes from a parameter, through calls too.
//! Passes: `#[pii] memo` -> `memo`

use std::sync::Mutex;

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: String,
}

#[observed(name = "price_order", late(said: text))]
fn price(customers: &Mutex<Vec<Customer>>) {
    let said = (*customers.lock().unwrap())[0].memo.clone();
    observed_record!(said = public(said));
}

fn main() {}

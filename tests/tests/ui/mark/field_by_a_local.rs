//! R7-pii-field: a local that was taken out of a parameter has its marks.
//! Passes: `#[pii] memo` -> `memo`

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified)]
struct Customer {
    #[pii] memo: String,
}

#[observed(name = "price_order", late(said: text))]
fn price(customer: Option<&Customer>) {
    let Some(buyer) = customer else { return };
    let said = buyer.memo.as_str();
    observed_record!(said = public(said));
}

fn main() {}

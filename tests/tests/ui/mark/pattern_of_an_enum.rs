//! R7-pii-field: a variant's field is marked too.
//! Passes: `#[pii]` -> ``

use observed_runtime::{Classified, observed};

#[derive(Classified)]
enum Sender {
    Person {
        #[pii]
        known_as: u64,
        tier: u8,
    },
}

#[observed(name = "price_order", attrs(n = bound))]
fn price(Sender::Person { known_as: bound, tier: _ }: Sender) -> u64 {
    bound
}

fn main() {}

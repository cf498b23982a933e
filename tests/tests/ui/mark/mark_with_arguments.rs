//! R8-derive-argument: a mark says all there is to say.
//! Passes: `#[pii(contact)]` -> `#[pii]`

use observed_runtime::Classified;

#[derive(Classified)]
struct Customer {
    tier: u8,
    #[pii(contact)]
    contact: String,
}

fn main() {}

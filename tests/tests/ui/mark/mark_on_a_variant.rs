//! R8-derive-argument: a mark on a variant would mark nothing.
//! Passes: `#[pii]` -> ``

use observed_runtime::Classified;

#[derive(Classified)]
enum Sender {
    #[pii]
    Person { tier: u8 },
}

fn main() {}

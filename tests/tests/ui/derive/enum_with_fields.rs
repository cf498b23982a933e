//! R8-derive-value: a variant with a field has more than a name.
//! Passes: `Paid(u32)` -> `Paid`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
enum Tier {
    Free,
    Paid(u32),
}

fn main() {}

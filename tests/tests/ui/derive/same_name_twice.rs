//! R8-derive-argument: two variants are told apart.
//! Passes: `"free"` -> `"paid"`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
enum Tier {
    Free,
    #[attribute(rename = "free")]
    Paid,
}

fn main() {}

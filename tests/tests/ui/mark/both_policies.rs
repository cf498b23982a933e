//! R7 (E0119): a type that can be recorded as a whole has no marked fields.
//! Passes: `Classified, AttributeValue` -> `AttributeValue`

use observed_runtime::{AttributeValue, Classified};

#[derive(Classified, AttributeValue)]
struct Tier(u8);

fn main() {}

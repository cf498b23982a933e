//! R8-derive-argument: an argument is one of those that there are.
//! Passes: `#[attribute(secret)]` -> ``

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
#[attribute(secret)]
struct Lines(u32);

fn main() {}

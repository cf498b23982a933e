//! R8-derive-value: an enum without variants has no values.
//! Passes: `Never {}` -> `Never { Once }`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
enum Never {}

fn main() {}

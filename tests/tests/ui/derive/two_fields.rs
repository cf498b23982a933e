//! R8-derive-value: a struct of two fields is not one value.
//! Passes: `, u32` -> ``

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
struct Money(u64, u32);

fn main() {}

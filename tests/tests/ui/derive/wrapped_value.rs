//! R8-not-a-value: a newtype of something that is no value is none.
//! Passes: `struct Outer(Inner)` -> `struct Outer(u32)`

use observed_runtime::AttributeValue;

struct Inner(u32);

#[derive(AttributeValue)]
struct Outer(Inner);

fn main() {}

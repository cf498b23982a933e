//! R10-personal-name: a type is looked up, whatever it wraps.
//! Passes: `Ssn` -> `Serial`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
struct Ssn(u64);

fn main() {}

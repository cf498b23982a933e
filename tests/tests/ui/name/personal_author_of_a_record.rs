//! R10-personal-name: who wrote a record is a person where it is text.
//! Passes: `public(by)` -> `7`

use observed_runtime::observed;

#[observed(name = "read", attrs(row.created_by = public(by)))]
fn read(by: &str) {}

fn main() {}

//! R2-unsupported-item: the attribute goes on one function.
//! Passes: `struct S;` -> `fn s() {}`

use observed_runtime::observed;

#[observed(name = "all_of_it")]
struct S;

fn main() {}

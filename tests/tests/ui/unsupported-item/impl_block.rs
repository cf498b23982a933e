//! R2-unsupported-item: the attribute goes on one function.
//! Passes: `impl S` -> `fn s()`

use observed_runtime::observed;

struct S;

#[observed(name = "all_of_it")]
impl S {
    fn f() {}
}

fn main() {}

//! R2-unsupported-item: the attribute goes on one function.

use observed_runtime::observed;

struct S;

#[observed(name = "all_of_it")]
impl S {
    fn f(&self) {}
}

fn main() {}

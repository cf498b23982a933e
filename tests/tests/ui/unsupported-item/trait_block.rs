//! R2-unsupported-item: the attribute goes on one function.

use observed_runtime::observed;

#[observed(name = "all_of_it")]
trait T {
    fn f(&self);
}

fn main() {}

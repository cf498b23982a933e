//! R2-unsupported-item: the attribute goes on one function.
//! Passes: `trait T` -> `fn t()`

use observed_runtime::observed;

#[observed(name = "all_of_it")]
trait T {
    fn f() {}
}

fn main() {}

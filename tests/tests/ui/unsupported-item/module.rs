//! R2-unsupported-item: the attribute goes on one function.
//! Passes: `mod m` -> `fn m()`

use observed_runtime::observed;

#[observed(name = "all_of_it")]
mod m {
    pub fn f() {}
}

fn main() {}

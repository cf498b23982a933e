//! R2-const-fn: a `const fn` may run at compile time.
//! Passes: `const fn` -> `fn`

use observed_runtime::observed;

#[observed(name = "double")]
const fn double(n: u32) -> u32 {
    n * 2
}

fn main() {}

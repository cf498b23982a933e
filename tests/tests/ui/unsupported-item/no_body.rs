//! R2-no-body: a trait function without a body has nothing to observe.
//! Passes: `u32;` -> `u32 { n }`

use observed_runtime::observed;

trait T {
    #[observed(name = "double")]
    fn double(n: u32) -> u32;
}

fn main() {}

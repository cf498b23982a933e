//! R4-future-misplaced: `future` is for functions that return one.
//! Passes: `future` -> `root`

use observed_runtime::observed;

#[observed(name = "fetch", future)]
fn fetch() -> u32 {
    1
}

fn main() {}

//! R4-future-misplaced: an `async fn` needs no word.
//! Passes: `future` -> `root`

use observed_runtime::observed;

#[observed(name = "fetch", future)]
async fn fetch() -> u32 {
    1
}

fn main() {}

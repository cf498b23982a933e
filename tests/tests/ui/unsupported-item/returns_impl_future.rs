//! R4-returns-future: the span would measure the construction.
//! Passes: `"fetch"` -> `"fetch", future`

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> impl Future<Output = u32> {
    async { 1 }
}

fn main() {}

//! R4-returns-future: the span would measure the construction.
//! Passes: `"fetch"` -> `"fetch", future`

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async { 1 })
}

fn main() {}

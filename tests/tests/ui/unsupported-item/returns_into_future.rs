//! R4-returns-future: what becomes a future later.
//! Passes: `#[observed(name = "fetch")]` -> ``

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> impl IntoFuture<Output = u32> {
    std::future::ready(1)
}

fn main() {}

//! R4-returns-future: the span would measure the construction.

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async { 1 })
}

fn main() {}

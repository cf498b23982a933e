//! R4-returns-future: a boxed future that may not be there.
//! Passes: `#[observed(name = "fetch")]` -> ``

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> Option<std::pin::Pin<Box<dyn Future<Output = u32>>>> {
    None
}

fn main() {}

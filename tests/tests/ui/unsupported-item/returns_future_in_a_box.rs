//! R4-returns-future: a box that is not pinned is no future that could be wrapped.
//! Passes: `#[observed(name = "fetch")]` -> ``

use observed_runtime::observed;

#[observed(name = "fetch")]
fn fetch() -> Box<dyn Future<Output = u32> + Unpin> {
    Box::new(std::future::ready(1))
}

fn main() {}

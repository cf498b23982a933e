//! R4-returns-future: a future that may not be there.
//! Passes: `fn fetch() -> Result<impl Future<Output = u32>, ()>` -> `async fn fetch() -> Result<impl Future<Output = u32>, ()>`

use observed_runtime::observed;

#[observed(name = "fetch", err)]
fn fetch() -> Result<impl Future<Output = u32>, ()> {
    Ok(async { 1 })
}

fn main() {}

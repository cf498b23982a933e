//! R5-expression: an attribute cannot suspend the function.

use observed_runtime::observed;

async fn count() -> u32 {
    1
}

#[observed(name = "fetch", attrs(n = count().await))]
async fn fetch() {}

fn main() {}

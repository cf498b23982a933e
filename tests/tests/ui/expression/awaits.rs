//! R5-expression: an attribute cannot suspend the function.
//! Passes: `await` -> `into_inner()`

use std::future::{Ready, ready};

use observed_runtime::observed;

fn count() -> Ready<u32> {
    ready(1)
}

#[observed(name = "fetch", attrs(n = count().await))]
async fn fetch() {}

fn main() {}

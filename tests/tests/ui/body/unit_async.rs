//! A type error in a function that returns nothing points at its expression.

use observed_runtime::observed;

#[observed(name = "stop")]
async fn stop(n: u32) {
    n + 1
}

fn main() {}

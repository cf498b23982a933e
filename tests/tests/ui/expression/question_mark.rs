//! R5-expression: an attribute cannot leave the function.
//! Passes: `?` -> ``

use observed_runtime::observed;

#[observed(name = "parse", attrs(n = text.len().checked_sub(1)?))]
fn parse(text: &str) -> Option<usize> {
    text.len().checked_sub(1)
}

fn main() {}

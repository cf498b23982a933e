//! R5-expression: an attribute cannot change the function's data.
//! Passes: `&mut lines` -> `&lines`

use observed_runtime::observed;

fn bump(n: impl std::borrow::Borrow<u32>) -> u32 {
    *n.borrow()
}

#[observed(name = "price_order", attrs(n = bump(&mut lines)))]
fn price(mut lines: u32) -> u32 {
    lines += 1;
    lines
}

fn main() {}

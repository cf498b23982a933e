//! R5: the expression is the body of an `Fn` closure, so the compiler refuses to let it move.

use observed_runtime::observed;

fn count(lines: Vec<u32>) -> usize {
    lines.len()
}

#[observed(name = "price_order", attrs(n = count(lines)))]
fn price(lines: Vec<u32>) -> Vec<u32> {
    lines
}

fn main() {}

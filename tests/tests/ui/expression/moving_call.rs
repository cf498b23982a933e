//! R5 (E0507): the expression is the body of an `Fn` closure, so the compiler refuses to let it move.
//! Passes: `count(lines)` -> `count(&lines)`

use observed_runtime::observed;

fn count(lines: impl AsRef<[u32]>) -> usize {
    lines.as_ref().len()
}

#[observed(name = "price_order", attrs(n = count(lines)))]
fn price(lines: Vec<u32>) -> Vec<u32> {
    lines
}

fn main() {}

//! R8-not-a-value: an array is of numbers or flags.
//! Passes: `&[Line]` -> `&[u32]`

use observed_runtime::observed;

struct Line(u32);

#[observed(name = "price", attrs(lines))]
fn price(lines: &[Line]) -> usize {
    lines.len()
}

fn main() {}

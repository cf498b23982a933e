//! All mistakes of one annotation are reported in one build.

use observed_runtime::observed;

#[observed(name = "Price Order", kind = backend, level = 3, attrs(lines + 1, self_made = lines?))]
fn price(lines: u32) -> u32 {
    lines
}

fn main() {}

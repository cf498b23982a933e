//! An error in the body of a plain function.

#[inline]
fn price(lines: Vec<u32>) -> Vec<u32> {
    drop(lines);
    lines
}

fn main() {}

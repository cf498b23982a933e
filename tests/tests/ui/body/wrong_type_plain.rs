//! An error in the body of a plain function.

#[inline]
fn price(lines: u32) -> u32 {
    let total: u32 = "three";
    total + lines
}

fn main() {}

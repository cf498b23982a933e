//! An error in the body of a plain function.

#[inline]
fn price(lines: u32) -> u32 {
    linse
}

fn main() {}

//! An error in the body of a plain function.

#[inline]
fn price(lines: &str) -> Option<u32> {
    let n: u32 = lines.parse()?;
    Some(n)
}

fn main() {}

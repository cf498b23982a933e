//! An error in the body of a plain function.

#[inline]
async fn price(lines: u32) -> Result<u32, String> {
    lines
}

fn main() {}

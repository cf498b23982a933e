//! An error in the body of an annotated function points where it points in the plain one.

#[observed_runtime::observed(name = "price_order")]
fn price(lines: &str) -> Option<u32> {
    let n: u32 = lines.parse()?;
    Some(n)
}

fn main() {}

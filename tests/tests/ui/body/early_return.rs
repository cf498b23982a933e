//! An error in the body of an annotated function points where it points in the plain one.

#[observed_runtime::observed(name = "price_order", err)]
fn price(lines: u32) -> Result<u32, String> {
    if lines == 0 {
        return 7;
    }
    Ok(lines)
}

fn main() {}

//! An error in the body of an annotated function points where it points in the plain one.

#[observed_runtime::observed(name = "price_order", attrs(lines))]
fn price(lines: u32) -> u32 {
    let total: u32 = "three";
    total + lines
}

fn main() {}

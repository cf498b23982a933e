//! R5-expression: an attribute cannot leave the function.

use observed_runtime::observed;

#[observed(name = "parse", attrs(n = text.parse::<u32>()?))]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {}

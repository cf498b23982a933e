//! R5-err-code: the code of an error may name the error only.
//! Passes: `error, lines` -> `error, 1`

use observed_runtime::observed;

#[observed(name = "price_order", err = code(error, lines))]
fn price(lines: u32) -> Result<u32, ()> {
    Ok(lines)
}

fn code(_: &(), _: u32) -> &'static str {
    "code"
}

fn main() {}

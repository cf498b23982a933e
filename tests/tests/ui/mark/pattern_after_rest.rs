//! R7-nested-pattern: after `..` a pattern does not say which field it is.
//! Passes: `..` -> `_, _`

use observed_runtime::observed;

struct Three(u8, u8, u64);

#[observed(name = "price_order", attrs(n = bound))]
fn price(Three(.., bound): Three) -> u64 {
    bound
}

fn main() {}

//! R10-personal-name: a key is looked up in the dictionary.
//! Passes: `customer.email` -> `customer.tier`

use observed_runtime::observed;

#[observed(name = "greet", attrs(customer.email = n))]
fn greet(n: u32) -> u32 {
    n
}

fn main() {}

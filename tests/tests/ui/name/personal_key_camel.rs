//! R10-personal-name: a key in quotes is looked up too.
//! Passes: `user.phone` -> `user.tier`

use observed_runtime::observed;

#[observed(name = "greet", attrs("user.phone" = n))]
fn greet(n: u32) -> u32 {
    n
}

fn main() {}

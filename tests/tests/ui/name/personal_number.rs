//! R10-personal-name: a number under such a name may be it.
//! Passes: `n = phone` -> `n = line`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = phone))]
fn greet(phone: u64, line: u64) -> u64 {
    phone + line
}

fn main() {}

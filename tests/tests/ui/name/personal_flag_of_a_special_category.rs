//! R10-personal-name: of a special category a flag tells as much.
//! Passes: `n = hiv_positive` -> `n = paid`

use observed_runtime::observed;

#[observed(name = "greet", attrs(n = hiv_positive))]
fn greet(hiv_positive: bool, paid: bool) -> bool {
    hiv_positive && paid
}

fn main() {}

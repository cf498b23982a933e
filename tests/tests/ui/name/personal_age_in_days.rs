//! R10-personal-name: an age in another unit is an age.
//! Passes: `idade_dias =` -> `cache_dias =`

use observed_runtime::observed;

#[observed(name = "greet", attrs(idade_dias = days))]
fn greet(days: u64) {}

fn main() {}

//! R10-personal-literal: nor is a key.
//! Passes: `.529.982.247.25` -> `.1`

use observed_runtime::observed;

#[observed(name = "pay", attrs("x.529.982.247.25" = 1))]
fn pay() {}

fn main() {}

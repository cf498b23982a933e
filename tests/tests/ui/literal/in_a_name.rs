//! R10-personal-literal: a name is no number of a person either.
//! Passes: `.529.982.247.25` -> `.1`

use observed_runtime::observed;

#[observed(name = "paid.529.982.247.25")]
fn pay() {}

fn main() {}

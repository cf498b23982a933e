//! R10-personal-literal: a key is known by how it begins.
//! Passes: `AKIAIOSFODNN7EXAMPLE` -> `EXAMPLE`

use observed_runtime::observed;

#[observed(name = "greet", attrs(to = "AKIAIOSFODNN7EXAMPLE"))]
fn greet() {}

fn main() {}

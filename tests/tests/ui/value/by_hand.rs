//! R8-derived-only: `AttributeValue` is derived.
//! Passes: `impl AttributeValue for Tier { }` -> `impl Derived for Tier { }`

use observed_runtime::AttributeValue;

trait Derived {}

struct Tier;

impl AttributeValue for Tier { }

fn main() {}

//! R9-wrapper-nesting: words do not nest.
//! Passes: `public(public_display(a))` -> `public_display(a)`

use observed_runtime::observed;

#[observed(name = "greet", attrs(a = public(public_display(a))))]
fn greet(a: u32) -> u32 {
    a
}

fn main() {}

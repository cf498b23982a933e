//! R7-hidden-value: so it is in a field.
//! Passes: `part: Zeroizing<String>` -> `part: Box<String>`

use observed_runtime::observed;
use zeroize::Zeroizing;

struct Order {
    part: Zeroizing<String>,
}

#[observed(name = "greet", attrs(n = public(order.part.as_str())))]
fn greet(order: &Order) {}

fn main() {}

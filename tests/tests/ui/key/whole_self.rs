//! R1-whole-self: `self` is not something that was named.
//! Passes: `attrs(self)` -> `attrs(self.lines)`

use observed_runtime::observed;

struct S {
    lines: u32,
}

impl S {
    #[observed(name = "price_order", attrs(self))]
    fn price(&self) -> u32 {
        self.lines
    }
}

fn main() {}

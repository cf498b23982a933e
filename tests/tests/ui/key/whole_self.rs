//! R1-whole-self: `self` is not something that was named.

use observed_runtime::observed;

struct S(u32);

impl S {
    #[observed(name = "price_order", attrs(self))]
    fn price(&self) -> u32 {
        self.0
    }
}

fn main() {}

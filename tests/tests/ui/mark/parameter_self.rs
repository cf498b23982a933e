//! R7-pii-parameter: a marked `self` is not recorded.
//! Passes: `#[pii] &self` -> `&self`

use observed_runtime::observed;

struct S {
    lines: u32,
}

impl S {
    #[observed(name = "greet", attrs(self.lines))]
    fn greet(#[pii] &self) -> u32 {
        self.lines
    }
}

fn main() {}

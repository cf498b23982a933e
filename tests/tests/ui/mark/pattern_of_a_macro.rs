//! R7-unreadable-pattern: the names that a macro binds cannot be read, and so not be marked.
//! Passes: `#[pii] pair!(memo, _)` -> `#[pii] (memo, _)`

use observed_runtime::observed;

macro_rules! pair {
    ($first:pat, $second:pat) => {
        ($first, $second)
    };
}

#[observed(name = "greet", attrs(n = 1))]
fn greet(#[pii] pair!(memo, _): (u32, u32)) -> u32 {
    let pair!(again, _) = (memo, 2);
    again
}

fn main() {}

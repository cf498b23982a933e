//! R7-nested-pattern: what a macro takes out of a parameter has no type that could be asked.
//! Passes: `pair!(memo, _)` -> `(memo, _)`

use observed_runtime::observed;

macro_rules! pair {
    ($first:pat, $second:pat) => {
        ($first, $second)
    };
}

#[observed(name = "greet", attrs(memo))]
fn greet(pair!(memo, _): (u32, u32)) -> u32 {
    let pair!(again, _) = (memo, 2);
    again
}

fn main() {}

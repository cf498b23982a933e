//! R4-returns-stream: a stream has no single end.
//! Passes: `impl Stream<` -> `impl Lines<`

use observed_runtime::observed;

trait Stream {
    type Item;
}

trait Lines {
    type Item;
}

struct Rows;

impl Stream for Rows {
    type Item = u32;
}

impl Lines for Rows {
    type Item = u32;
}

#[observed(name = "rows")]
fn rows() -> impl Stream<Item = u32> {
    Rows
}

fn main() {}

//! R4-returns-stream: a stream has no single end.

use observed_runtime::observed;

trait Stream {
    type Item;
}

struct Rows;

impl Stream for Rows {
    type Item = u32;
}

#[observed(name = "rows", future)]
fn rows() -> impl Stream<Item = u32> {
    Rows
}

fn main() {}

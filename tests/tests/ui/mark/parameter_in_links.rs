//! R7-pii-parameter: links are recorded.
//! Passes: `#[pii] from` -> `from`

use observed_runtime::{Context, observed};

#[observed(name = "join", links(from.iter()))]
fn join(#[pii] from: &[Context]) -> usize {
    from.len()
}

fn main() {}

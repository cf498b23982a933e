//! R7-pii-parameter: a value that leaves a loop, a block, a closure or a future is followed.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

#[observed(name = "greet", late(said: text))]
async fn greet(#[pii] note: &str) {
    let trimmed = || loop {
        break note.trim();
    };
    let said = async { 'a: { break 'a trimmed() } }.await;
    observed_record!(said = public(said));
}

fn main() {}

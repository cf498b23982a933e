//! R22-key-type: a type of the program's own is asked.
//! Passes: `Outcome),` -> `u16),`

use observed_runtime::{AttributeValue, observed};

#[derive(AttributeValue)]
enum Outcome {
    Good,
    Bad,
}

#[observed(name = "answer_request", late(http.response.status_code: Outcome), attrs(rows = 7))]
fn answer() {
    let _ = [Outcome::Good, Outcome::Bad].len();
}

fn main() {}

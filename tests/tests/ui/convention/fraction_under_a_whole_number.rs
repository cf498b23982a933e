//! R22-key-type: a cast shows its kind.
//! Passes: `f64` -> `u64`

use observed_runtime::observed;

#[observed(name = "answer_request", attrs(http.response.body.size = body.len() as f64))]
fn answer(body: &[u8]) -> usize {
    body.len()
}

fn main() {}

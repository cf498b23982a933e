//! R22-key-type: a late key is declared with the type of the conventions.
//! Passes: `text` -> `u16`

use observed_runtime::observed;

#[observed(name = "answer_request", late(http.response.status_code: text))]
fn answer() {}

fn main() {}

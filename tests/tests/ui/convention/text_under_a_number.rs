//! R22-key-type: a key of the semantic conventions that is a number takes no text.
//! Passes: `public_static("200")` -> `200_u16`

use observed_runtime::observed;

#[observed(name = "answer_request", attrs(http.response.status_code = public_static("200")))]
fn answer() {}

fn main() {}

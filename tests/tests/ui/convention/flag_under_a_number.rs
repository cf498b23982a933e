//! R22-key-type: where the expression does not show its kind the type is asked.
//! Passes: `answer.failed)` -> `answer.status)`

use observed_runtime::observed;

struct Answer {
    failed: bool,
    status: u16,
}

#[observed(name = "answer_request", attrs(http.response.status_code = answer.failed))]
fn answer(answer: &Answer) -> u16 {
    let _ = answer.failed;
    answer.status
}

fn main() {}

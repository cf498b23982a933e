//! R7-whole-value: liveask/liveask#120: an e-mail and a password in an error message.
//! Passes: `public_display(failure)` -> `public_display(failure.attempt)`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct LoginError {
    #[pii]
    detail: String,
    attempt: u32,
}

impl std::fmt::Display for LoginError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

#[observed(name = "report", attrs(why = public_display(failure)))]
fn report(failure: &LoginError) -> u32 {
    failure.attempt
}

fn main() {}

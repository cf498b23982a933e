//! R7-pii-parameter: a name that only a macro can have bound is made of what the macro was given.
//! Passes: `#[pii] note` -> `note`

use observed_runtime::{observed, observed_record};

macro_rules! bind {
    ($name:ident, $value:expr) => {
        let $name = $value;
    };
}

#[observed(name = "greet", late(said: text))]
fn greet(#[pii] note: &str) {
    bind!(said, note.trim());
    observed_record!(said = public(said));
}

fn main() {}

//! R3-not-a-template (E0521): what lives shorter than the program was not written by it.
//! Passes: `path: &str` -> `path: &'static str`

use observed_runtime::observed;

#[observed(name = route("GET", path), kind = server)]
fn user(path: &str) {}

fn main() {}

//! R3-not-a-template: what a client sent is never a name.
//! Passes: `path: String` -> `path: &'static str`

use observed_runtime::observed;

#[observed(name = route("GET", path), kind = server)]
fn user(path: String) {}

fn main() {}

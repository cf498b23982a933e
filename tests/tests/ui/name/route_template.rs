//! R3-route-template: a literal path of one entity is no template.
//! Passes: `48151623` -> `{id}`

use observed_runtime::observed;

#[observed(name = route("GET", "/users/48151623"), kind = server)]
fn user() {}

fn main() {}

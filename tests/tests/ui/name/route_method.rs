//! R3-route-method: methods are written as HTTP writes them.
//! Passes: `"get"` -> `"GET"`

use observed_runtime::observed;

#[observed(name = route("get", "/users/{id}"), kind = server)]
fn user() {}

fn main() {}

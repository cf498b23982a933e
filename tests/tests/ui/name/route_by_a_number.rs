//! R3-not-a-method: the method of a request is a text, or `http::Method`.
//! Passes: `method: u8` -> `method: &str`

use observed_runtime::observed;

#[observed(name = route(method, "/users/{id}"), kind = server)]
fn user(method: u8) {}

fn main() {}

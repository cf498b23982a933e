//! R3-route-parts: a route is a method and a template.
//! Passes: `route("/users/{id}")` -> `route("GET", "/users/{id}")`

use observed_runtime::observed;

#[observed(name = route("/users/{id}"), kind = server)]
fn user() {}

fn main() {}

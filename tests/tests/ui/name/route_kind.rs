//! R3-route-kind: a route is the name of a request.
//! Passes: `kind = internal` -> `kind = client`

use observed_runtime::observed;

#[observed(name = route("GET", "/users/{id}"), kind = internal)]
fn user() {}

fn main() {}

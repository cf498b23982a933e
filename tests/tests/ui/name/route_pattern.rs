//! R3-route-pattern: the name is needed before a pattern is taken apart.
//! Passes: `(method, _): (&str, u8)` -> `method: &str`

use observed_runtime::observed;

#[observed(name = route(method, "/users/{id}"), kind = server, err)]
fn user((method, _): (&str, u8)) -> Result<(), ()> {
    drop(method);
    Ok(())
}

fn main() {}

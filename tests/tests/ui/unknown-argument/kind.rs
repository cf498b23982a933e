//! R2-unknown-kind: the kinds are OpenTelemetry's five.
//! Passes: `backend` -> `server`

use observed_runtime::observed;

#[observed(name = "price_order", kind = backend)]
fn price() {}

fn main() {}

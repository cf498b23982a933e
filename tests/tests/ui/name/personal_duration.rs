//! R10-personal-name: the time since a birth is the date of it.
//! Passes: `date_of_birth =` -> `last_seen =`

use std::time::Duration;

use observed_runtime::observed;

#[observed(name = "greet", attrs(date_of_birth = since))]
fn greet(since: Duration) {}

fn main() {}

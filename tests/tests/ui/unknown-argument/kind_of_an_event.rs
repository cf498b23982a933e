//! R2-misplaced-argument: an event has a name and attributes.
//! Passes: `kind = client` -> `attrs(n = 1)`

use observed_runtime::observed_event;

fn main() {
    observed_event!(name = "table_empty", kind = client);
}

//! R4-err-track-caller: `Location::caller()` must not change.
//! Passes: `track_caller` -> `inline`

use observed_runtime::observed;

#[observed(name = "price_order", err)]
#[track_caller]
fn price() -> Result<(), ()> {
    Ok(())
}

fn main() {}

//! R4-future-track-caller: `Location::caller()` must not change.
//! Passes: `track_caller` -> `inline`

use observed_runtime::observed;

#[observed(name = "fetch", future)]
#[track_caller]
fn fetch() -> impl Future<Output = u32> {
    async { 1 }
}

fn main() {}

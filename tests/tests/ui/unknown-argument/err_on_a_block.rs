//! R2-misplaced-argument: a block returns no `Result`.
//! Passes: `, err` -> `, root`

use observed_runtime::observed_span;

fn main() {
    let _span = observed_span!(name = "read_rows", err);
}

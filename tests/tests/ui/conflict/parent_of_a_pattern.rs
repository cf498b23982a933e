//! R18-parent-pattern: the parent is needed before patterns are taken apart.
//! Passes: `async fn` -> `fn`

use observed_runtime::{Context, observed};

struct State(Context);

#[observed(name = "handle", parent = &context)]
async fn handle(State(context): State) {
    drop(context);
}

fn main() {}

//! R18-root-and-parent: a root has no parent.
//! Passes: `root, ` -> ``

use observed_runtime::observed;

#[observed(name = "price_order", root, parent = parent)]
fn price(parent: &observed_runtime::Context) {
    let _ = parent;
}

fn main() {}

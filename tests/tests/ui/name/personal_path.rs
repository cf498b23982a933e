//! R10-personal-name: a path is looked up as a whole.
//! Passes: `n = naming.first.name` -> `n = naming.first.kind`

use observed_runtime::observed;

struct Naming {
    first: Label,
}

struct Label {
    name: u32,
    kind: u32,
}

#[observed(name = "greet", attrs(n = naming.first.name))]
fn greet(naming: &Naming) -> u32 {
    naming.first.name + naming.first.kind
}

fn main() {}

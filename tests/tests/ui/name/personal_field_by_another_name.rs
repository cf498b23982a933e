//! R10-personal-name: the field behind a pattern's new name is looked up.
//! Passes: `email: e` -> `label: e`

use observed_runtime::observed;

struct Customer {
    email: String,
    label: String,
}

#[observed(name = "send", attrs(to = public(e)))]
fn send(Customer { email: e, .. }: &Customer) {}

fn main() {}

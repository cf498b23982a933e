//! R10-personal-literal: a late attribute is given no literal that looks like personal data.
//! Passes: `ana@example.com` -> `everybody`

use observed_runtime::observed;

#[observed(name = "greet", late(to: public(str)))]
fn greet() {
    to.set("ana@example.com");
}

fn main() {}

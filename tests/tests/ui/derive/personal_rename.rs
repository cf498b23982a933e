//! R10-personal-literal: a name that is given is looked at.
//! Passes: `ana@example.com` -> `free`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
enum Tier {
    #[attribute(rename = "ana@example.com")]
    Free,
}

fn main() {}

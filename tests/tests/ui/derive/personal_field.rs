//! R10-personal-name: the one field of a newtype is looked up.
//! Passes: `email` -> `text`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
#[attribute(public)]
struct Remark {
    email: String,
}

fn main() {}

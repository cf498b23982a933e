//! R10-personal-name: the type's name is looked up where its text is public.
//! Passes: `Email` -> `Label`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
#[attribute(public)]
struct Email(String);

fn main() {}

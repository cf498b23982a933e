//! R9-derive-text: text in a newtype needs the word.
//! Passes: `#[derive(AttributeValue)]` -> `#[derive(AttributeValue)] #[attribute(public)]`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
struct Label(String);

fn main() {}

//! R10-personal-name: a text that selects is looked up.
//! Passes: `"authorization"` -> `"accept"`

use std::collections::HashMap;

use observed_runtime::observed;

#[observed(name = "read", attrs(value = public(read_from(headers, "authorization"))))]
fn read(headers: &HashMap<String, String>) {}

fn read_from<'a>(headers: &'a HashMap<String, String>, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value)
}

fn main() {}

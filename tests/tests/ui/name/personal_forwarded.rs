//! R10-personal-name: the header of RFC 7239 has a client's address.
//! Passes: `"forwarded"` -> `"via"`

use std::collections::HashMap;

use observed_runtime::observed;

#[observed(name = "answer", attrs(hop = public(headers.get("forwarded").map_or("", String::as_str))))]
fn answer(headers: &HashMap<&str, String>) {}

fn main() {}

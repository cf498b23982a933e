//! R7-whole-value: a whole classified value is not recorded, whatever it implements.
//! Passes: `public_display(tag)` -> `public_display(tag.kind)`

use observed_runtime::{Classified, observed};

#[derive(Classified)]
struct Tag {
    #[pii]
    text: String,
    kind: u8,
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[observed(name = "price_order", attrs(tag = public_display(tag)))]
fn price(tag: &Tag) -> u8 {
    tag.kind
}

fn main() {}

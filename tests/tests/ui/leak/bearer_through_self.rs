//! R1-whole-self: KittyCAD/kittycad.rs#1041: a bearer token through `&self`.
//! Passes: `n = self` -> `n = self.calls`

use observed_runtime::observed;

#[derive(Debug)]
struct Client {
    bearer: String,
    calls: u64,
}

impl Client {
    #[observed(name = "list_parts", attrs(n = self))]
    fn list_parts(&self) -> usize {
        self.bearer.len()
    }
}

fn main() {}

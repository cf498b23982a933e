//! R10-personal-name: a method is looked up.
//! Passes: `n = s.cpf` -> `n = s.tier`

use observed_runtime::observed;

struct S(u32);

impl S {
    fn cpf(&self) -> u32 {
        self.0
    }

    fn tier(&self) -> u32 {
        self.0
    }
}

#[observed(name = "greet", attrs(n = s.cpf()))]
fn greet(s: &S) -> u32 {
    s.cpf() + s.tier()
}

fn main() {}

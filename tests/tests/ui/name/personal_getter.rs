//! R10-personal-name: a getter is looked up with what it belongs to.
//! Passes: `n = (*user).name` -> `n = (*user).tier`

use observed_runtime::observed;

struct User(u32);

impl User {
    fn name(&self) -> u32 {
        self.0
    }

    fn tier(&self) -> u32 {
        self.0
    }
}

#[observed(name = "greet", attrs(n = (*user).name()))]
fn greet(user: &User) -> u32 {
    user.name() + user.tier()
}

fn main() {}

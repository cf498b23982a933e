//! R5 (E0596): the expression is the body of an `Fn` closure, so the compiler refuses to let it mutate.
//! Passes: `first = items.next` -> `first = items.len`

use observed_runtime::observed;

#[observed(name = "take_one", attrs(first = items.next()))]
fn take_one(mut items: std::vec::IntoIter<u32>) -> Option<u32> {
    items.next()
}

fn main() {}

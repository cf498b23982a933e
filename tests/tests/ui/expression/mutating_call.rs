//! R5: the expression is the body of an `Fn` closure, so the compiler refuses to let it mutate.

use observed_runtime::observed;

#[observed(name = "take_one", attrs(first = items.next()))]
fn take_one(mut items: std::vec::IntoIter<u32>) -> Option<u32> {
    items.next()
}

fn main() {}

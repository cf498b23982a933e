//! R9-not-text: a wrapper is not text because it dereferences to it.
//! Passes: `label: &Label` -> `label: &String`

use observed_runtime::observed;

struct Label(String);

impl std::ops::Deref for Label {
    type Target = String;
    fn deref(&self) -> &String {
        &self.0
    }
}

#[observed(name = "print", attrs(label = public(label)))]
fn print(label: &Label) -> usize {
    label.len()
}

fn main() {}

//! R9-not-text: a wrapper is not text because it dereferences to it.

use observed_runtime::observed;

struct Secret(String);

impl std::ops::Deref for Secret {
    type Target = String;
    fn deref(&self) -> &String {
        &self.0
    }
}

#[observed(name = "log_in", attrs(secret = public(secret)))]
fn log_in(secret: &Secret) -> usize {
    secret.len()
}

fn main() {}

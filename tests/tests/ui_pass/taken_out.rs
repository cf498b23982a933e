//! What is taken out of pointers, guards and types of one's own is recorded; so is what a wrapper of secrets counts.

use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex, RwLock};

use async_trait::async_trait;
use observed_runtime::{observed, observed_record};
use secrecy::SecretString;
use url::Url;
use zeroize::Zeroizing;

static LIMIT: LazyLock<u64> = LazyLock::new(|| 7);

struct Lines(u32);

impl Deref for Lines {
    type Target = u32;
    fn deref(&self) -> &u32 {
        &self.0
    }
}

/// A resource of a cluster; the name alone says nothing of what it holds.
struct Secret {
    kind: String,
}

impl Secret {
    fn kind(&self) -> &str {
        &self.kind
    }
}

#[observed(name = "open", attrs(
    limit = *LIMIT,
    lines = **lines,
    held = *held,
    shared = *shared.lock().unwrap(),
    read = **shared_text.read().unwrap(),
    label = public(label.as_str()),
    head = public(String::as_str(&label).trim()),
))]
fn open(lines: &Lines, held: Box<u64>, shared: Arc<Mutex<u32>>, shared_text: RwLock<Box<u8>>, label: Arc<String>) {
    drop(held);
}

#[observed(name = "count", attrs(
    n = part.len(),
    whole = size_of_val(part),
    is_there = word.is_some(),
    letters = letters(part),
    form = public(resource.kind()),
))]
fn count(part: &Zeroizing<String>, word: Option<SecretString>, resource: &Secret) -> usize {
    part.len()
}

fn letters(part: &Zeroizing<String>) -> usize {
    part.chars().filter(|letter| letter.is_alphabetic()).count()
}

#[observed(name = "fetch", attrs(from = public_display(place), scheme = public(place.scheme())))]
fn fetch(place: &Url) {}

#[observed(name = "numbers", attrs(
    max = u64::MAX,
    prime = 1_000_000_007,
    day_ns = 86_400_000_000_000_u64,
    timeout_ns = 52_998_224_725_u64,
    half = 0.5,
))]
fn numbers() {}

#[async_trait]
trait Take: Sized {
    async fn take(self, row: (String, u32), note: u8) -> u32;
    async fn give(&mut self, row: [u32; 2]);
}

struct Store {
    rows: u32,
    next: Vec<u32>,
}

#[async_trait]
impl Take for Store {
    #[observed(name = "take", attrs(k, self.rows, n = name.len()), links(std::iter::empty::<observed_runtime::Context>()))]
    async fn take(self, (name, mut k): (String, u32), #[pii] _: u8) -> u32 {
        k += self.rows;
        k
    }

    #[observed(name = "give", attrs(first, rest = self.next.len()), late(sum: u32))]
    async fn give(&mut self, [first, second]: [u32; 2]) {
        self.next.push(first);
        let sum = first + second;
        observed_record!(sum = sum);
    }
}

fn main() {}

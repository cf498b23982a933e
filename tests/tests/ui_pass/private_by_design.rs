//! What stays possible beside marks, the dictionary and patterns.
#![deny(warnings)]
#![forbid(unused_imports)]

use std::ops::Deref;

use observed_runtime::{AttributeValue, Classified, Pii, observed, observed_event};

#[derive(AttributeValue)]
enum Tier {
    Free,
    #[attribute(rename = "pro-plus")]
    Pro,
}

#[derive(AttributeValue)]
#[attribute(not_pii = "the number of a shelf")]
struct Address(u32);

#[derive(AttributeValue)]
#[attribute(public)]
struct Label(String);

#[derive(Classified)]
struct Customer {
    tier: Tier,
    lines: Vec<u32>,
    #[pii]
    contact: String,
}

/// As the extractors of web frameworks do it.
struct Path<T>(T);
struct Json<T>(T);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[observed(name = "get_order", attrs(order, line))]
fn path_of_two(Path((order, line)): Path<(u64, u64)>) -> u64 {
    order + line
}

#[observed(name = "post_order", attrs(customer.tier, lines = customer.lines.len()))]
fn body_of_json(Json(customer): Json<Customer>) -> usize {
    observed_event!(name = "read", attrs(customer.tier));
    customer.contact.len()
}

/// The marked parameter has the name of a word of our macros, and of a field and a key elsewhere.
#[observed(name = "look_up", attrs(record.note, note.length = 1))]
fn marked_like_our_words(#[pii] name: &str, #[pii] note: &str, record: &Record) -> usize {
    observed_event!(name = "looked_up", attrs(note.length = record.note));
    name.len() + note.len()
}

struct Record {
    note: u32,
}

/// The questions ask types, not whether a value has moved or is borrowed.
fn moved_and_borrowed(mut customer: Customer) -> (usize, String) {
    let lines = &mut customer.lines;
    observed_event!(name = "begun", attrs(customer.tier));
    lines.push(1);
    let count = lines.len();
    let contact = customer.contact;
    observed_event!(name = "ended", attrs(customer.tier));
    (count, contact)
}

#[observed(
    name = "store",
    attrs(
        address = not_pii(address, "the shelf in the warehouse"),
        text = not_pii(public(nickname), "of a machine"),
        label,
        tier,
        kept = bay.expose,
        bits = flags,
    )
)]
fn overrides(address: &Address, nickname: &str, label: &Label, tier: Tier, bay: &Bay, flags: [bool; 2]) -> u32 {
    address.0 + nickname.len() as u32 + label.0.len() as u32
}

/// A field is no call that unwraps.
struct Bay {
    expose: bool,
}

#[deprecated(note = "to see that derives use it without a word")]
#[derive(Classified)]
struct Old {
    #[pii]
    held: Pii<u32>,
}

fn main() {
    path_of_two(Path((1, 2)));
    let customer = || Customer { tier: Tier::Pro, lines: vec![], contact: String::new() };
    body_of_json(Json(customer()));
    marked_like_our_words("a", "b", &Record { note: 1 });
    moved_and_borrowed(customer());
    overrides(&Address(1), "a", &Label(String::new()), Tier::Free, &Bay { expose: true }, [true, false]);
    #[allow(deprecated)]
    let old = Old { held: Pii::new(1) };
    #[allow(deprecated)]
    let _ = old.held.expose();
}

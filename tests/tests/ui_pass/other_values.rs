//! What is another value than the marked one is recorded: measures, comparisons, and what the program's own functions make.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use observed_runtime::{Classified, observed, observed_record};

#[derive(Classified, Default)]
struct Customer {
    tier: u8,
    #[pii]
    memo: String,
}

struct Order {
    lines: Vec<u32>,
    customer: Option<Customer>,
}

struct Client(u64);

impl Client {
    fn new(_: &str) -> Self {
        Self(3)
    }
    fn send(&self) -> u64 {
        self.0
    }
}

struct Request {
    body: String,
}

impl Request {
    fn send(self) -> usize {
        self.body.len()
    }
}

#[observed(name = "measure", late(n: u64, is: bool))]
fn measure(#[pii] note: &str) {
    let at = note.find('@').unwrap_or_default() as u64;
    observed_record!(n = at);
    let size = Some(note).map(str::len).unwrap_or(0) as u64;
    observed_record!(n = size);
    let room = note.to_owned().capacity() as u64;
    observed_record!(n = room);
    let is_empty = Some(note).map_or(false, |it| it.is_empty());
    observed_record!(is = is_empty);
    let is_ascii = note.chars().all(|it| it.is_ascii());
    observed_record!(is = is_ascii);
    let is_digit = note.chars().any(char::is_numeric);
    observed_record!(is = is_digit);
    let is_x = note.eq_ignore_ascii_case("x");
    observed_record!(is = is_x);
    let text = format!("{} bytes", note.len());
    let shown = text.len() as u64;
    observed_record!(n = shown);
}

#[observed(name = "ask", late(n: u64, is: bool))]
fn ask(table: &mut HashMap<String, u64>, seen: &mut HashSet<String>, #[pii] note: &str) -> Result<(), String> {
    let client = Client::new(note);
    let status = client.send();
    observed_record!(n = status);
    let page = Client::new(note);
    observed_record!(n = page.0);
    let request = Request { body: note.to_owned() };
    let sent = request.send() as u64;
    observed_record!(n = sent);
    let known = table.get(note).copied().ok_or_else(|| format!("no {note}"))?;
    observed_record!(n = known);
    let is_new = seen.insert(note.to_owned());
    observed_record!(is = is_new);
    let matching = table.iter().filter(|(key, _)| key.as_str() == note).count() as u64;
    observed_record!(n = matching);
    Ok(())
}

#[observed(name = "walk", late(n: u64))]
fn walk(#[pii] note: &str) {
    for (index, letter) in note.chars().enumerate() {
        drop(letter);
        observed_record!(n = index as u64);
    }
    let (three, rest) = (3_u64, note.trim());
    drop(rest);
    observed_record!(n = three);
}

/// Fields without marks, on every way on which the marked ones are found.
#[observed(name = "look", late(n: u64, text: text))]
fn look(orders: &[Order], shared: &Mutex<Vec<Order>>, first: Option<Order>, label: &Label, n: usize) -> Option<()> {
    let guarded = shared.lock().unwrap()[n].lines.len() as u64;
    observed_record!(n = guarded);
    let tiers: u64 = orders.iter().filter_map(|it| it.customer.as_ref()).map(|it| u64::from(it.tier)).sum();
    observed_record!(n = tiers);
    for Order { customer, .. } in orders {
        if let Some(Customer { tier, .. }) = customer {
            observed_record!(n = *tier as u64);
        }
    }
    let Some(order) = first else { return None };
    let lines = order.lines.first().copied()? as u64;
    observed_record!(n = lines);
    match (order, n) {
        (Order { customer: Some(ref buyer @ Customer { ref tier, .. }), .. }, 1 | 2) => {
            drop(buyer);
            observed_record!(n = *tier as u64);
        }
        (Order { lines, customer: None } | Order { lines, .. }, _) => {
            observed_record!(n = lines.len() as u64);
        }
    }
    let text: &str = label;
    observed_record!(text = public(text));
    let told = format!("{label} {n}");
    observed_record!(text = public(told));
    Some(())
}

type Label = Box<str>;

/// Types that only what follows tells, and names of inner closures.
#[observed(name = "infer", late(n: u64))]
fn infer(text: &str, order: Order) {
    let mut found = None;
    let parsed = text.parse().unwrap_or_default();
    take(&parsed);
    observed_record!(n = u64::from(parsed.tier));
    let made: Customer = parsed.into();
    let tier = made.tier as u64;
    observed_record!(n = tier);
    found.replace(&order);
    let held = found.unwrap().lines.len() as u64;
    observed_record!(n = held);
    let order = order.customer;
    let again = order.as_ref().map(|order| order.tier).map_or(0, u64::from);
    observed_record!(n = again);
}

/// What the head of a function has not: items of the body, and what only an unsafe block may do.
#[observed(name = "reach", late(n: u64))]
fn reach(order: &Order, pointer: *const Order) {
    const LAST: usize = 0;
    let last = order.lines[LAST] as u64;
    observed_record!(n = last);
    let raw = unsafe { (&(*pointer).lines)[0] } as u64;
    observed_record!(n = raw);
}

struct Place {
    shelf: String,
}

/// Names that lead in a circle: the parameter is behind the first of them.
#[observed(name = "go_round", late(place: text))]
fn go_round(b: &Place) {
    let a = b;
    let b = a;
    let c = b.shelf.as_str();
    observed_record!(place = public(c));
}

/// Each local is made of the one before, twice.
#[observed(name = "double", late(place: text))]
fn double(order: &Place) {
    let a = (order, order);
    let b = (a, a);
    let c = (b, b);
    let d = (c, c);
    let e = (d, d);
    let f = (e, e);
    let g = (f, f);
    let h = (g, g);
    let i = (h, h);
    let shelf = i.0.0.0.0.0.0.0.0.0.shelf.as_str();
    observed_record!(place = public(shelf));
}

impl std::str::FromStr for Customer {
    type Err = std::convert::Infallible;
    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Ok(Self::default())
    }
}

fn take(_: &Customer) {}

fn main() {
    drop(Customer::default().memo);
}

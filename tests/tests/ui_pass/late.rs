//! Where records may stand, and what they may hold.
#![deny(warnings)]

use observed_runtime::{AttributeValue, observed, observed_record};

#[derive(Clone, Copy, AttributeValue)]
enum Decision {
    Allow,
    Deny,
}

mod facade {
    pub mod tracing {
        pub use observed_runtime::*;
    }
}

macro_rules! note {
    ($value:expr) => {
        observed_record!(rows = $value)
    };
}

#[observed(
    name = "everywhere",
    late(
        rows: u64,
        order.last: text,
        "quoted.key": bool,
        type: Decision,
        share: Option<f64>,
        never: u8,
        shelf.address: not_pii(text, "a place in the warehouse"),
    )
)]
async fn everywhere(rows: &[String], decision: Decision) -> u64 {
    observed_record!(rows = 0, "quoted.key" = rows.is_empty());
    for (index, row) in rows.iter().enumerate() {
        observed_record!(rows = index as u64, order.last = public(row));
        std::future::ready(()).await;
    }
    rows.iter().for_each(|row| observed_record!(order.last = public_display(row.len())));
    let last = || observed_record!(order.last = "literal");
    last();
    match decision {
        Decision::Allow => observed_record!(type = decision),
        Decision::Deny => note!(rows.len() as u64),
    }
    observed_record!(share = Some(0.5), shelf.address = not_pii(public("A1"), "a place in the warehouse"));
    1
}

#[observed(name = "renamed", crate = facade::tracing, late(rows: u64))]
fn renamed(rows: u64) {
    facade::tracing::observed_record!(crate = facade::tracing, rows);
    #[observed(name = "inner", late(deep: u64))]
    fn inner(deep: u64) {
        observed_record!(deep);
    }
    inner(rows);
    observed_record!(rows = rows);
}

#[observed(name = "unused", late(rows: u64))]
fn unused() {}

struct Parcel {
    sender: Option<Sender>,
}

struct Sender {
    tier: u64,
}

/// Variants of enums have no fields that a path could reach.
#[observed(name = "nested", late(rows: u64))]
fn nested(result: Result<Option<u64>, u8>) {
    if let Ok(Some(rows)) = result {
        observed_record!(rows = rows);
    }
}

/// A local that has a parameter's name is of another type.
#[observed(name = "shadowed", late(tier: u64))]
fn shadowed(parcel: Option<Parcel>) {
    let Some(parcel) = parcel else { return };
    let Some(sender) = parcel.sender else { return };
    let tier = sender.tier;
    observed_record!(tier = tier);
}

#[observed(name = "shadowed_deeper", late(tier: u64))]
fn shadowed_deeper(parcel: Option<(Parcel, Sender)>) {
    let Some(parcel) = parcel else { return };
    let tier = parcel.1.tier;
    observed_record!(tier = tier);
    drop(parcel.0);
}

fn main() {
    drop(everywhere(&[], Decision::Allow));
    _ = Decision::Deny;
    renamed(1);
    unused();
    nested(Ok(None));
    shadowed(None);
    shadowed_deeper(None);
}

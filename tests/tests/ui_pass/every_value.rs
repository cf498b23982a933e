//! Every kind of value, every word, every form of key.
#![deny(warnings)]

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use observed_runtime::{observed, observed_span};

struct Order {
    lines: Vec<u32>,
    total: u64,
    r#type: u8,
    pair: (i64, f32),
}

#[observed(
    name = "price_order",
    attrs(
        order.total,
        order.r#type,
        order.lines = order.lines.len(),
        order.first = order.pair.0,
        "order.second" = order.pair.1,
        order.kind.type = order.r#type as u32,
        waited,
        count,
        maybe,
        missing = *missing,
        rush = true,
        step = 3,
        offset = -1,
        word = "literal",
        action = public(action),
        owner = public(owner),
        shared = public(shared),
        stage = public_static(stage),
        shown = public_display(order.total),
    )
)]
#[allow(clippy::too_many_arguments)]
fn price(
    order: &Order,
    waited: Duration,
    count: NonZeroU32,
    maybe: Option<i16>,
    missing: &Option<bool>,
    action: &str,
    owner: Cow<'_, str>,
    shared: Arc<str>,
    stage: &'static str,
) -> u64 {
    let _span = observed_span!(name = "sum_lines", kind = client, attrs(lines = order.lines.len()));
    order.total
}

fn main() {
    let order = Order { lines: vec![], total: 1, r#type: 2, pair: (3, 4.0) };
    let total = price(
        &order,
        Duration::ZERO,
        NonZeroU32::MIN,
        None,
        &None,
        "",
        "".into(),
        "".into(),
        "",
    );
    assert_eq!(total, 1);
}

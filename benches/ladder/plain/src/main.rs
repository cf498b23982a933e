//! The same work without any tracing: what is subtracted.

use ladder_common::{Peer, print_size, run, run_async, yield_once};

#[inline(never)]
fn leaf(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
fn root(children: u64) -> u64 {
    (0..children).map(|n| leaf(n, "value")).sum()
}

async fn leaf_async(a: u64, b: &'static str) -> u64 {
    yield_once().await;
    a.rotate_left(3) ^ b.len() as u64
}

async fn root_async(children: u64) -> u64 {
    let mut sum = 0;
    for n in 0..children {
        sum += leaf_async(n, "value").await;
    }
    sum
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    if scenario == "async" {
        return run_async(|| 0, root_async);
    }
    if scenario == "size" {
        return print_size(&leaf_async(1, "value"));
    }
    run(&scenario, Peer { leaf, root, unsampled: root, flush: || 0, lost: || 0 });
}

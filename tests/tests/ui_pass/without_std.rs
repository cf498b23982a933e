//! A library without the standard library may box its futures.
#![no_std]

extern crate alloc;
extern crate std as standard;

use alloc::boxed::Box;
use alloc::string::String;
use core::future::Future;
use core::pin::Pin;

use observed_runtime::observed;

#[observed(name = "boxed", future, err, attrs(n = text.len()))]
fn boxed(text: String) -> Pin<Box<dyn Future<Output = Result<usize, u8>> + Send>> {
    Box::pin(async move { Ok(text.len()) })
}

#[observed(name = "plain", err, late(rows: u64, status: error))]
fn plain(text: &str) -> Result<usize, u8> {
    observed_runtime::observed_record!(rows = 1, status = error("short"));
    Ok(text.len())
}

#[observed(name = "asynchronous", attrs(text.len = text.len()))]
async fn asynchronous(text: String) -> usize {
    text.len()
}

fn main() {
    drop(boxed(String::new()));
    let _ = plain("");
    drop(asynchronous(String::new()));
}

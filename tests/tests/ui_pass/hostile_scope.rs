//! Everything that generated code could mean by a short name is something else here.
#![deny(warnings)]
#![allow(dead_code, unused_imports, unused_macros, non_upper_case_globals, reason = "the names are what is tested")]

mod hostile {
    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod observed_runtime {}
    pub struct Ok;
    pub struct Err;
    pub struct Some;
    pub struct None;
    pub struct Result;
    pub struct Option;
    pub struct String;
    pub struct Box;
    pub struct Vec;
    pub struct Site;
    pub struct Kind;
    pub trait Fn {}
    pub trait FnOnce {}
    pub trait Future {}
    pub trait Drop {}
    pub const e: u8 = 0;
    pub const x: u8 = 0;
    pub const guard: u8 = 0;
    pub const index: u8 = 0;
    pub const result: u8 = 0;
    pub const current: u8 = 0;
    macro_rules! panic {
        () => {};
    }
    macro_rules! format {
        () => {};
    }
    pub(crate) use {format, panic};
}

use hostile::*;
use ::observed_runtime::{observed, observed_event, observed_record, observed_span};

type Fallible<T, E> = ::core::result::Result<T, E>;

#[observed(name = "plain", attrs(n, text = public(text), fixed = "literal"), late(rows: u64))]
fn plain(n: u32, text: &str) -> u32 {
    let _span = observed_span!(name = "inner", attrs(n), root);
    observed_event!(name = "moment", attrs(length = text.len()));
    observed_record!(rows = 1);
    n
}

#[observed(name = "fails", err, attrs(n))]
fn fails(n: u32, (left, _): (u32, u32)) -> Fallible<u32, u8> {
    ::core::result::Result::Ok(n + left)
}

#[observed(name = "coded", err = code(error), scope = "hostile")]
fn coded(n: u32) -> Fallible<u32, u8> {
    ::core::result::Result::Err(n as u8)
}

fn code(_: &u8) -> &'static str {
    "eight bits"
}

#[observed(name = "waits", err, attrs(n))]
async fn waits(n: u32) -> Fallible<u32, u8> {
    ::core::result::Result::Ok(n)
}

#[observed(name = "returns_a_future", future)]
fn returns_a_future(n: u32) -> impl ::core::future::Future<Output = u32> {
    async move { n }
}

#[observed(name = "returns_a_box", future)]
fn returns_a_box(n: u32) -> ::core::pin::Pin<::std::boxed::Box<dyn ::core::future::Future<Output = u32>>> {
    ::std::boxed::Box::pin(async move { n })
}

struct Generic<T>(T);

impl<T: ::core::clone::Clone> Generic<T> {
    #[observed(name = "method", err)]
    fn method(self, _extra: T) -> Fallible<T, u8> {
        ::core::result::Result::Ok(self.0)
    }
}

fn main() {
    assert_eq!(plain(1, ""), 1);
    assert!(fails(1, (2, 3)).is_ok() && coded(1).is_err());
    drop((waits(1), returns_a_future(1), returns_a_box(1)));
    assert!(Generic(1).method(2).is_ok());
}

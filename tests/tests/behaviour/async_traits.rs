//! Methods inside `#[async_trait]`: what it makes of an `async fn` counts as one.

use async_trait::async_trait;
use observed_runtime::testing::{capture, capture_future};
use observed_runtime::{observed, observed_record};

#[async_trait]
trait Store {
    async fn load(&self, key: u64) -> Result<String, std::fmt::Error>;

    #[observed(name = "load_twice", attrs(key))]
    async fn load_twice(&self, key: u64) -> usize {
        let first = self.load(key).await.map_or(0, |text| text.len());
        first + self.load(key).await.map_or(0, |text| text.len())
    }
}

struct Memory {
    rows: usize,
}

#[async_trait]
impl Store for Memory {
    #[observed(name = "load", err, attrs(key, self.rows), late(found: bool))]
    async fn load(&self, key: u64) -> Result<String, std::fmt::Error> {
        tokio::task::yield_now().await;
        let is_there = key < 10;
        observed_record!(found = is_there);
        if key < 10 {
            Ok("row".to_owned())
        } else {
            Err(std::fmt::Error)
        }
    }
}

#[tokio::test]
async fn the_span_is_that_of_the_work_and_not_of_the_boxing() {
    let store = Memory { rows: 2 };
    let (result, capture) = capture_future(store.load_twice(3)).await;
    assert_eq!(result, 6);
    let expected = "\
load_twice key=3
  load key=3 rows=2 found=true
  load key=3 rows=2 found=true
";
    assert_eq!(capture.tree(), expected);
}

#[tokio::test]
async fn an_error_is_seen_and_the_future_is_send() {
    let store = Memory { rows: 2 };
    let (result, capture) =
        capture_future(async { tokio::spawn(async move { store.load(12).await }).await }).await;
    assert!(result.unwrap().is_err());
    assert_eq!(capture.tree(), "", "a bare spawn leaves the context behind");
}

#[test]
fn never_polled_it_leaves_no_span() {
    let store = Memory { rows: 2 };
    let ((), capture) = capture(|| drop(store.load(1)));
    assert_eq!(capture.accounting.started, 0);
}

#[async_trait]
trait Take: Sized {
    async fn take(self, row: (String, u32), _: u8) -> Result<u32, std::fmt::Error>;
}

#[async_trait]
impl Take for Memory {
    #[observed(name = "take_row", err, attrs(k, self.rows, letters = name.len()), late(left: u32))]
    async fn take(self, (name, mut k): (String, u32), _: u8) -> Result<u32, std::fmt::Error> {
        k += u32::try_from(name.len()).unwrap_or(0);
        observed_record!(left = k);
        Ok(k)
    }
}

#[tokio::test]
async fn what_a_pattern_takes_out_of_an_argument_is_recorded() {
    let store = Memory { rows: 2 };
    let (result, capture) = capture_future(store.take(("abc".to_owned(), 4), 0)).await;
    assert_eq!(result, Ok(7));
    let expected = "take_row k=4 rows=2 letters=3 left=7\n";
    assert_eq!(capture.tree(), expected);
}

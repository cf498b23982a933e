//! R7-pii-parameter: `#[async_trait]` gives a pattern a name of its own, and what it binds is marked all the same.
//! Passes: `#[pii] (note, k)` -> `(note, k)`

use async_trait::async_trait;
use observed_runtime::observed;

struct Store;

#[async_trait]
trait Write {
    async fn write(&self, row: (String, u32)) -> usize;
}

#[async_trait]
impl Write for Store {
    #[observed(name = "write_row", attrs(k))]
    async fn write(&self, #[pii] (note, k): (String, u32)) -> usize {
        note.len() + k as usize
    }
}

fn main() {}

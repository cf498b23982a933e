//! R7-pii-parameter: what the body makes of it is not recorded either.
//! Passes: `#[pii] (note, k)` -> `(note, k)`

use async_trait::async_trait;
use observed_runtime::{observed, observed_record};

struct Store;

#[async_trait]
trait Write {
    async fn write(&self, row: (String, u32)) -> usize;
}

#[async_trait]
impl Write for Store {
    #[observed(name = "write_row", late(label: text))]
    async fn write(&self, #[pii] (note, k): (String, u32)) -> usize {
        let label = note.trim().to_owned();
        observed_record!(label = public(label));
        k as usize
    }
}

fn main() {}

//! Shapes of functions that an attribute must not disturb.
#![deny(warnings)]

use std::pin::Pin;

use observed_runtime::observed;

struct Table {
    rows: Vec<u32>,
}

impl Table {
    #[observed(name = "first_row", err, attrs(rows = self.rows.len()))]
    fn first(&mut self) -> Result<&mut u32, String> {
        self.rows.first_mut().ok_or_else(|| "empty".to_owned())
    }

    #[observed(name = "rows", attrs(rows = self.rows.len()))]
    fn rows(&self) -> impl Iterator<Item = &u32> {
        self.rows.iter()
    }

    #[observed(name = "into_rows", err)]
    fn into_rows(self) -> Result<Vec<u32>, ()> {
        Ok(self.rows)
    }

    #[observed(name = "pinned", err)]
    fn pinned(self: Pin<&mut Self>) -> Result<usize, ()> {
        Ok(self.rows.len())
    }

    #[observed(name = "fetch_row", err, attrs(index))]
    async fn fetch(&self, index: usize) -> Result<&u32, ()> {
        self.rows.get(index).ok_or(())
    }
}

#[observed(name = "longest", err)]
fn longest<'a, T: AsRef<str> + ?Sized>(one: &'a T, _: u32, (left, right): (&'a str, &'a str)) -> Result<&'a str, ()> {
    if left.is_empty() {
        return Err(());
    }
    Ok(if one.as_ref().len() > right.len() { one.as_ref() } else { right })
}

#[observed(name = "count_down", attrs(n))]
fn count_down(mut n: u32) -> u32 {
    while n > 0 {
        n -= 1;
    }
    n
}

#[observed(name = "never_returns")]
fn never_returns() -> ! {
    std::process::exit(0)
}

#[observed(name = "generic", attrs(size = N))]
async fn generic<const N: usize, T>(values: [T; N]) -> usize
where
    T: Clone,
{
    values.clone().len()
}

fn main() {
    let mut table = Table { rows: vec![7] };
    assert_eq!(table.first(), Ok(&mut 7));
    assert_eq!(table.rows().count(), 1);
    assert_eq!(Pin::new(&mut table).pinned(), Ok(1));
    let _unpolled = (table.fetch(0), generic([1, 2]));
    assert_eq!(longest("abc", 1, ("a", "b")), Ok("abc"));
    assert_eq!(count_down(3), 0);
    drop(_unpolled);
    assert_eq!(table.into_rows(), Ok(vec![7]));
    never_returns();
}

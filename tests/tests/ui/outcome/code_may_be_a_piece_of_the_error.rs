//! R12 (requires that `'1` must outlive `'static`): where there may be no code, it is a `&'static str` too.
//! Passes: `error.0.as_deref()` -> `Some("refused")`

use observed_runtime::observed;

struct Refused(Option<String>);

#[observed(name = "price_order", err = error.0.as_deref())]
fn price() -> Result<(), Refused> {
    Ok(())
}

fn main() {}

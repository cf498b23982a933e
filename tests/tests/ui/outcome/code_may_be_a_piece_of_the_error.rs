//! R12 (requires that `'1` must outlive `'static`): where there may be no code, it is a `&'static str` too.
//! Passes: `error.0.as_deref()` -> `error.1`

use observed_runtime::observed;

struct Refused(Option<String>, Option<&'static str>);

#[observed(name = "price_order", err = error.0.as_deref())]
fn price() -> Result<(), Refused> {
    Ok(())
}

fn main() {}

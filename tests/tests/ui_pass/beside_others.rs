//! Conditions, lint levels and what other macros need, beside the attribute.
#![deny(unfulfilled_lint_expectations, unused_braces, unused_variables, unused_mut)]

use observed_runtime::observed;

#[async_trait::async_trait]
trait Store {
    async fn load(&self, #[cfg(any())] gone: String, #[cfg(all())] here: String) -> usize;
}

struct Memory;

#[async_trait::async_trait]
impl Store for Memory {
    #[observed(name = "load")]
    async fn load(&self, #[cfg(any())] gone: String, #[cfg(all())] here: String) -> usize {
        here.len()
    }
}

#[observed(name = "conditional", err)]
fn conditional(
    #[cfg_attr(all(), cfg(any()))] gone: String,
    #[cfg_attr(all(), cfg(all()))] here: String,
) -> Result<usize, ()> {
    Ok(here.len())
}

#[observed(name = "conditional_async")]
async fn conditional_async(
    #[cfg_attr(all(), cfg(any()))] gone: String,
    #[cfg_attr(all(), cfg(all()))] here: String,
) -> usize {
    here.len()
}

#[observed(name = "endless", err)]
#[expect(unconditional_recursion, reason = "the body is not the function's own where it records")]
fn endless(n: u32) -> Result<u32, ()> {
    endless(n)
}

#[observed(name = "expects", err)]
fn expects(
    #[expect(unused_variables, reason = "tried")] n: u32,
    #[expect(unused_variables, reason = "tried")] text: String,
    #[cfg_attr(all(), expect(unused_mut, reason = "tried"))] mut used: String,
) -> Result<usize, ()> {
    Ok(used.len())
}

#[observed(name = "one_line")]
async fn one_line(text: String) -> usize { text.len() }

fn main() {
    drop(Memory.load(String::new()));
    drop(conditional(String::new()));
    drop(conditional_async(String::new()));
    if std::env::args().count() > 9 {
        drop(endless(1));
    }
    drop(expects(1, String::new(), String::new()));
    drop(one_line(String::new()));
}

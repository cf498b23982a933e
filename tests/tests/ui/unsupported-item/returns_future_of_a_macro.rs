//! R4-returns-future: a type that a macro passed on.
//! Passes: `"fetch"` -> `"fetch", future`

use observed_runtime::observed;

macro_rules! made {
    ($(#[$attribute:meta])* fn $name:ident() -> $output:ty { $value:expr }) => {
        $(#[$attribute])*
        fn $name() -> $output {
            $value
        }
    };
}

made! {
    #[observed(name = "fetch")]
    fn fetch() -> impl Future<Output = u32> { async { 1 } }
}

fn main() {}

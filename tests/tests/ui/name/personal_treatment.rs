//! R10-personal-name: a treatment tells of an illness, as a flag too.
//! Passes: `ficha.em_hemodialise))` -> `ficha.em_atraso))`

use observed_runtime::observed;

struct Ficha {
    em_hemodialise: bool,
    em_atraso: bool,
}

#[observed(name = "read", attrs(n = ficha.em_hemodialise))]
fn read(ficha: &Ficha) {}

fn main() {}

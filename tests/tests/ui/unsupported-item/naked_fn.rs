//! R2-naked-fn: the body of a naked function is assembly.
//! Passes: `#[observed(name = "answer")]` -> ``

use observed_runtime::observed;

#[observed(name = "answer")]
#[unsafe(naked)]
extern "C" fn answer() {
    core::arch::naked_asm!("ret")
}

fn main() {}

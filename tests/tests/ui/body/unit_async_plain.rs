//! An error in the body of a plain function.



#[inline]
async fn stop(n: u32) {
    n + 1
}

fn main() {}

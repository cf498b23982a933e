//! Prints its endpoint, counts spans until its standard input ends, and prints how many there were.

use std::io::Read;

use observed_tests::receiver::Receiver;

fn main() {
    let receiver = Receiver::counting();
    println!("{}", receiver.endpoint());
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    println!("{}", receiver.count());
}

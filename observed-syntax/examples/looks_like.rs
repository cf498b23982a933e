//! Says for each line of the standard input, a key and a text with a tab between, what the text looks like to the last
//! layer, or `-`: how tests/interop/firewall compares it with other tools.
//!
//! `printf 'note\tana@example.com\n' | cargo run --release -p observed-syntax --example looks_like`

use observed_syntax::patterns::{Pattern, find};

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect("UTF-8 on the standard input");
        let (key, text) = line.split_once('\t').expect("a key, a tab and a text");
        println!("{}", find(text, key).map_or("-", Pattern::name));
    }
}

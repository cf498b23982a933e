//! R22-key-type: a key that is a text takes no number.
//! Passes: `network.protocol.version = version` -> `network.protocol_version = version`

use observed_runtime::observed;

#[observed(name = "answer_request", attrs(network.protocol.version = version))]
fn answer(version: u8) -> u8 {
    version
}

fn main() {}

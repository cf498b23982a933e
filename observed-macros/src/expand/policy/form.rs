//! Functions that give the same value in another form, known by their names.

/// Whether a function makes a number of an IP address.
pub(super) fn counts_an_address(function: &str) -> bool {
    ["from", "into", "octets", "segments", "to_bits"].contains(&function)
}

/// Whether a method belongs to a text or a number that a wrapper may lead to.
pub(super) fn opens(function: &str) -> bool {
    const OPENING: &[&str] = &[
        "as_bytes",
        "as_deref",
        "as_ref",
        "as_str",
        "borrow",
        "bytes",
        "chars",
        "deref",
        "into_boxed_str",
        "parse",
        "split_at",
        "to_le_bytes",
        "to_lowercase",
        "to_owned",
        "to_string",
        "to_uppercase",
        "trim",
        "trim_end",
        "trim_start",
    ];
    OPENING.contains(&function)
}

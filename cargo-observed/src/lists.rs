//! The lists of keys that operators keep: the allow-list of the runtime, and the collector's `allowed_keys`.

use std::collections::BTreeSet;

use crate::lock::Lock;

/// Every key of a lock, sorted.
pub(crate) fn keys(lock: &Lock) -> Vec<String> {
    let keys = lock.lines.iter().flat_map(|line| &line.keys);
    let keys: BTreeSet<String> = keys.map(|it| it.key.clone()).collect();
    keys.into_iter().collect()
}

/// The value of `OBSERVED_ATTRIBUTE_ALLOWLIST`.
pub(crate) fn allowlist(keys: &[String]) -> String {
    keys.join(",")
}

/// The collector's list.
pub(crate) fn collector(keys: &[String]) -> String {
    let lines = keys.iter().map(|key| format!("  - {key}\n"));
    format!("allowed_keys:\n{}", lines.collect::<String>())
}

/// Whether a collector's configuration lists a key on a line of its own.
pub(crate) fn holds(configuration: &str, key: &str) -> bool {
    let mut lines = configuration.lines().map(str::trim);
    lines.any(|line| {
        let entry = line
            .strip_prefix("- ")
            .map(|it| it.split(" #").next().unwrap_or(it).trim());
        entry.is_some_and(|entry| entry.trim_matches(['"', '\'']) == key)
    })
}

/// A collector's configuration with the keys that it lacks, after the last one that it lists.
pub(crate) fn with_keys(configuration: &str, keys: &[String]) -> Option<String> {
    let lines: Vec<&str> = configuration.lines().collect();
    let start = lines
        .iter()
        .position(|line| line.trim() == "allowed_keys:")?;
    let is_inside = |line: &str| {
        let line = line.trim();
        line.is_empty() || line.starts_with("- ") || line.starts_with('#')
    };
    let listed = lines[start + 1..].iter().take_while(|line| is_inside(line));
    let last = listed
        .enumerate()
        .filter(|(_, line)| line.trim().starts_with("- "))
        .last()?;
    let (at, indent) = (start + 1 + last.0, last.1.find('-')?);
    let mut text: Vec<String> = lines[..=at].iter().map(|it| (*it).to_owned()).collect();
    let missing = keys.iter().filter(|key| !holds(configuration, key));
    text.extend(missing.map(|key| format!("{}- {key}", " ".repeat(indent))));
    text.extend(lines[at + 1..].iter().map(|it| (*it).to_owned()));
    Some(text.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_added_after_the_last_and_nothing_else_changes() {
        let text = "a:\n  allowed_keys:\n    # why\n    - one # since ever\n\n    - \"two\"\n  blocked: []\n";
        let keys = ["one", "three", "two"].map(str::to_owned);
        let with = with_keys(text, &keys).unwrap();
        assert_eq!(with, text.replace("\"two\"\n", "\"two\"\n    - three\n"));
        assert_eq!(with_keys(&with, &keys).unwrap(), with);
        assert_eq!(with_keys("a: 1\n", &keys), None);
    }
}

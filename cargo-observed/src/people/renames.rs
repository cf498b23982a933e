//! What people say was renamed, so that a difference shows it as one thing and not as two.

use std::collections::BTreeMap;

/// New names by the old ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Renames {
    /// Of spans and events.
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) keys: BTreeMap<String, String>,
}

impl Renames {
    /// Whether the span or event `old` is now `new`, in one step or several.
    pub(crate) fn leads(&self, old: &str, new: &str) -> bool {
        leads(&self.names, old, new)
    }

    /// Whether the key `old` is now `new`.
    pub(crate) fn key_leads(&self, old: &str, new: &str) -> bool {
        leads(&self.keys, old, new)
    }
}

fn leads(names: &BTreeMap<String, String>, old: &str, new: &str) -> bool {
    let mut at = old;
    // A circle of names ends where every one of them was met.
    for _ in 0..names.len() {
        match names.get(at) {
            Some(next) if next == new => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_followed_over_several_changes_and_a_circle_ends() {
        let pair = |(old, new): (&str, &str)| (old.to_owned(), new.to_owned());
        let names = [("a", "b"), ("b", "c"), ("x", "y"), ("y", "x")];
        let renames = Renames {
            names: names.into_iter().map(pair).collect(),
            ..Renames::default()
        };
        for (old, new) in [("a", "b"), ("a", "c"), ("b", "c"), ("x", "y")] {
            assert!(renames.leads(old, new), "{old} {new}");
        }
        for (old, new) in [("b", "a"), ("c", "a"), ("x", "a"), ("z", "z"), ("a", "a")] {
            assert!(!renames.leads(old, new), "{old} {new}");
        }
    }
}

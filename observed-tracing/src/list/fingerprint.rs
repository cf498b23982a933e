//! The fingerprint of an entry, under which `observed.lock` lists it.

use observed_syntax::hash::fnv1a;

use super::Listed;

impl Listed {
    /// A number of all that the entry lets out: it changes where the entry does.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let fields: Vec<_> = self.fields().collect();
        let whole = (
            (self.is_span, self.exported(), &self.target, &self.name),
            (self.level, &self.scope, fields, &self.reasons),
        );
        // Texts are in quotes there, so that no two entries are written alike.
        fnv1a(&format!("{whole:?}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use tracing_core::Level;

    use super::super::{Listed, event, span};

    #[test]
    fn whatever_changes_what_leaves_changes_the_fingerprint() {
        let entries = [
            span("a", "b"),
            span("a", "c"),
            span("b", "b"),
            span("a", "b").named("c"),
            span("a", "b").up_to(Level::INFO),
            span("a", "b").scope("s"),
            span("a", "b").number("n"),
            span("a", "b").flag("n"),
            span("a", "b").public("n"),
            span("a", "b").public("n").not_pii("n", "why"),
            span("a", "b").public("n").not_pii("n", "whyever"),
            span("a", "b").number("n").number("m"),
            event("a").named("b"),
            event("a").named("b").only("c"),
        ];
        let all: HashSet<u64> = entries.iter().map(Listed::fingerprint).collect();
        assert_eq!(all.len(), entries.len());
        assert_eq!(span("a", "b").fingerprint(), span("a", "b").fingerprint());
    }
}

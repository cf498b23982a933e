//! Texts that select personal data under a name that is harmless elsewhere: `env::var("HOME")`, `headers.get("forwarded")`.

use super::drawers::lines;
use super::{GROUPS, Hit, Reach, find};

const SELECTORS: &str = include_str!("../../dictionary/selectors.txt");

/// Finds what a text selects: by its words, or because it is written just so.
///
/// ```
/// use observed_syntax::dictionary::find_selected;
///
/// assert!(find_selected("authorization").is_some());
/// assert!(find_selected("HOME").is_some());
/// assert!(find_selected("home").is_none());
/// ```
#[must_use]
pub fn find_selected(text: &str) -> Option<Hit> {
    let mut selectors = lines(SELECTORS).filter_map(|line| line.split_once(" > "));
    let exact = selectors.find(|(selector, _)| *selector == text);
    let of_selector = exact.and_then(|(selector, group)| {
        let (group, _) = GROUPS.iter().find(|(known, _)| *known == group)?;
        Some(Hit {
            words: selector.to_owned(),
            group,
            is_measured: false,
            reach: Reach::All,
            is_time: false,
        })
    });
    of_selector.or_else(|| find(text))
}

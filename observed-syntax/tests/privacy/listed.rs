//! The bars of the lists in the repository; other tools are asked about the same lists by tests/interop/firewall.

use observed_syntax::patterns::find;

const PLANTED: &str = include_str!("../../../tests/interop/firewall/planted.tsv");
const BENIGN: &str = include_str!("../../../tests/interop/firewall/benign.tsv");

/// What no rule of form finds.
const SHAPELESS: &[&str] = &["H:name", "name-br", "health", "union", "bip39", "md5-email"];

/// How many of the rows are withheld under a key that does not tell, and which ones are not.
fn withheld<'a>(rows: &[(&'a str, &'a str)]) -> (usize, Vec<&'a str>) {
    let (found, left): (Vec<_>, Vec<_>) = rows
        .iter()
        .partition(|(_, text)| find(text, "note").is_some());
    (
        found.len(),
        left.into_iter().map(|(kind, _)| kind).collect(),
    )
}

fn rows(list: &str) -> Vec<(&str, &str)> {
    list.lines()
        .filter_map(|line| line.split_once('\t'))
        .collect()
}

#[test]
fn of_the_planted_texts_with_a_shape_nineteen_in_twenty_are_withheld() {
    let planted: Vec<_> = rows(PLANTED)
        .into_iter()
        .filter(|(kind, _)| !SHAPELESS.contains(kind))
        .collect();
    let (found, left) = withheld(&planted);
    assert!(found * 20 >= planted.len() * 19, "{left:?} leave");
}

#[test]
fn of_the_harmless_texts_one_in_two_hundred_is_withheld_at_most() {
    let harmless = rows(BENIGN);
    let (found, _) = withheld(&harmless);
    assert!(found * 200 <= harmless.len(), "{found}");
}

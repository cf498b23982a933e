//! The links of the documents lead to files that are there.

use std::fs;
use std::path::Path;

#[test]
fn every_link_to_a_file_leads_to_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut checked = 0;
    for folder in [".", "docs", "ADR"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "md") {
                checked += check(&file);
            }
        }
    }
    assert!(checked > 100, "only {checked} links were found");
}

/// Checks one document; returns how many links it has.
fn check(document: &Path) -> usize {
    let text = fs::read_to_string(document).unwrap();
    let links = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let mut checked = 0;
    for link in links {
        let path = link.split('#').next().unwrap_or_default();
        if path.is_empty() || path.contains("://") || path.contains(char::is_whitespace) {
            continue;
        }
        let target = document.parent().unwrap().join(path);
        assert!(
            target.exists(),
            "{}: {link} leads nowhere",
            document.display()
        );
        checked += 1;
    }
    checked
}

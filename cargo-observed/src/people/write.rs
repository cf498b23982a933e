//! Writes into `observed.toml`: comments, order and blanks of what was there stay.

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use super::decided::Types;
use super::reviewed::Review;
use crate::site::Site;

const FIRST: &str = r#"# What people decided about what leaves. `cargo observed review` writes reviews; everything else is written by hand.

# [levels]              # of rules, by their identifier: deny, warn or allow
# R21-unknown-type = "warn"

[settings]
# Sites that one change may add, and the modules that it may add them in: more than that nobody reviews line by line.
max-new = 10
max-modules = 1

# [owners]              # by package, or by scope
# shop = "orders team"
# "scope:gates" = "platform team"

# [keys."order.note"]   # of each key that may hold data about a person
# purpose = "support"
# basis = "LGPD art. 7, V"
# retention = "30 days"

# What was there before reviews were. The list only shrinks: what changes in it must be reviewed.
[exempt]
"#;

/// Makes the file anew, with every site exempt.
pub(crate) fn exempt_all(sites: &[Site]) -> String {
    let mut document: DocumentMut = FIRST.parse().unwrap_or_default();
    let mut table = document["exempt"].as_table().cloned().unwrap_or_default();
    let mut names: Vec<&str> = sites.iter().map(|site| site.name.as_str()).collect();
    names.dedup();
    for name in names {
        let of_name = sites.iter().filter(|site| site.name == name);
        table[name] = seals(of_name.map(Site::seal).collect());
    }
    document["exempt"] = Item::Table(table);
    document.to_string()
}

/// Writes one review, and takes its site off the list of exemptions.
pub(crate) fn review(document: &mut DocumentMut, name: &str, review: &Review) {
    let reviews = document.entry("review").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    if reviews.get(name).is_none_or(|it| !it.is_table_like()) {
        reviews[name] = Item::Table(Table::new());
    }
    let entry = &mut reviews[name];
    set(entry, "who", review.who.clone().into());
    set(entry, "when", review.when.clone().into());
    if !review.url.is_empty() {
        set(entry, "url", review.url.clone().into());
    }
    if let Some(Item::Value(seals)) = Some(seals(review.seals.clone())) {
        set(entry, "fingerprint", seals);
    }
    if let Some(exempt) = document.get_mut("exempt").and_then(Item::as_table_like_mut) {
        exempt.remove(name);
    }
}

/// Writes types that a trace showed, beside those that are there.
pub(crate) fn types(document: &mut DocumentMut, types: &Types) {
    if types.is_empty() {
        return;
    }
    let all = table(document.as_item_mut(), "types");
    for (name, keys) in types {
        let entry = table(all, name);
        for (key, ty) in keys {
            set(entry, key, ty.clone().into());
        }
    }
}

/// The table of this name, made where there is none.
fn table<'a>(within: &'a mut Item, name: &str) -> &'a mut Item {
    if within.get(name).is_none_or(|it| !it.is_table_like()) {
        let mut table = Table::new();
        table.set_implicit(true);
        within[name] = Item::Table(table);
    }
    &mut within[name]
}

/// Replaces a value and keeps what stands around it.
fn set(entry: &mut Item, key: &str, mut new: Value) {
    if let Some(old) = entry.get(key).and_then(Item::as_value) {
        *new.decor_mut() = old.decor().clone();
    }
    entry[key] = Item::Value(new);
}

fn seals(mut seals: Vec<String>) -> Item {
    seals.sort();
    seals.dedup();
    match seals.as_slice() {
        [one] => value(one),
        several => value(several.iter().map(String::as_str).collect::<Array>()),
    }
}

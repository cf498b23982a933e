//! The record of processing that a data-protection officer keeps: LGPD art. 37, GDPR art. 30.

use super::cells::row;
use crate::people::{People, Processing};
use crate::site::Site;

pub(super) fn written(sites: &[Site], people: &People) -> String {
    let mut text = row([
        "span",
        "key",
        "type",
        "class",
        "purpose",
        "legal basis",
        "retention",
        "owner",
        "reviewed by",
        "until",
    ]);
    text.push_str(&row(["---"; 10]));
    for site in sites {
        let who = people.review(site).map_or_else(String::new, |(it, from)| {
            let from = from.map(|from| format!(" ({})", from.name));
            format!("{}{}", it.who, from.unwrap_or_default())
        });
        // Of a review that does not hold any more the day tells when somebody wanted it looked at again.
        let own = || people.reviews.get(&site.name);
        let review = people.review(site).map(|it| it.0).or_else(own);
        let until = review
            .and_then(|it| it.expires.as_deref())
            .unwrap_or_default();
        for key in &site.keys {
            let none = Processing::default();
            let purpose = people.keys.get(&key.key).unwrap_or(&none);
            let classes = key.classes();
            text.push_str(&row([
                site.name.as_str(),
                &key.key,
                &key.ty,
                &classes,
                &purpose.purpose,
                &purpose.basis,
                &purpose.retention,
                people.owner(site),
                &who,
                until,
            ]));
        }
    }
    text
}

//! Late attributes at the places that record them.

use observed_syntax::Diagnostics;
use observed_syntax::parse;
use observed_syntax::validate;
use proc_macro2::TokenStream;
use syn::spanned::Spanned;

use super::Visitor;
use crate::place::Place;
use crate::site::Recorded;
use crate::source::wrapper::wrapper;

impl Visitor<'_> {
    /// Adds what one `observed_record!(arguments)` records to the site of the function around it.
    pub(super) fn late(&mut self, arguments: TokenStream) {
        let mut ignored = Diagnostics::default();
        let recording = parse::recording(arguments, &mut ignored);
        let Some(sites) = self.observed.iter().rev().find(|sites| !sites.is_empty()) else {
            return;
        };
        let sites = sites.clone();
        for failure in &recording.failures {
            let place = Place::of(self.setting.shown, failure.code.span());
            for site in &sites {
                if let Some(key) = self.late_key(*site, &failure.key.to_string()) {
                    key.places.push(place.clone());
                }
            }
        }
        for attribute in validate::recording(&recording, &mut ignored) {
            let place = Place::of(self.setting.shown, attribute.value.span());
            for site in &sites {
                let Some(key) = self.late_key(*site, &attribute.key) else {
                    continue;
                };
                key.places.push(place.clone());
                key.wrappers.extend(wrapper(attribute.reading));
                key.wrappers.sort_unstable();
                key.wrappers.dedup();
                if key.not_pii.is_none() {
                    key.not_pii.clone_from(&attribute.not_pii);
                }
            }
        }
    }

    /// The late attribute with this key that the annotation of a site declares.
    fn late_key(&mut self, site: usize, key: &str) -> Option<&mut Recorded> {
        let mut keys = self.read.sites[site].site.keys.iter_mut();
        keys.find(|it| it.is_late && it.key == key)
    }
}

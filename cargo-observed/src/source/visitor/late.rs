//! Late attributes at the places that record them.

use observed_syntax::Diagnostics;
use observed_syntax::parse;
use observed_syntax::validate;
use proc_macro2::TokenStream;
use syn::spanned::Spanned;

use super::Visitor;
use crate::place::Place;
use crate::source::wrapper::wrapper;

impl Visitor<'_> {
    /// Adds what one `observed_record!(arguments)` records to the site of the function around it.
    pub(super) fn late(&mut self, arguments: TokenStream) {
        let mut ignored = Diagnostics::default();
        let recording = parse::recording(arguments, &mut ignored);
        let Some(sites) = self.observed.iter().rev().find(|sites| !sites.is_empty()) else {
            return;
        };
        for attribute in validate::recording(&recording, &mut ignored) {
            for site in sites.clone() {
                let keys = &mut self.read.sites[site].site.keys;
                let Some(key) = keys
                    .iter_mut()
                    .find(|it| it.is_late && it.key == attribute.key)
                else {
                    continue;
                };
                key.places
                    .push(Place::of(self.setting.shown, attribute.value.span()));
                key.wrappers.extend(wrapper(attribute.reading));
                key.wrappers.sort_unstable();
                key.wrappers.dedup();
                if key.not_pii.is_none() {
                    key.not_pii.clone_from(&attribute.not_pii);
                }
            }
        }
    }
}

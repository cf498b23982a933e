//! What is the same for every span of an annotation, encoded when it is met first: its name, its keys, its place.

use std::cell::Cell;

use opentelemetry_proto::transform::common::tonic::Attributes;

use super::request::Request;
use super::wire::{field, varying, with_length};
use crate::config::Privacy;
use crate::export::code;
use crate::record::intern::Names;
use crate::record::site::{Kind, Site};

/// The pieces of sites, by their numbers.
#[derive(Default)]
pub(super) struct Pieces(Vec<Option<Piece>>);

/// What one site gives.
pub(super) struct Piece {
    pub(super) site: &'static Site,
    /// Where its spans stand in the request.
    pub(super) group: usize,
    /// Fields 5 and 6 of a span: name and kind.
    pub(super) name: Box<[u8]>,
    /// Field 2 of an event: its name.
    pub(super) event_name: Box<[u8]>,
    pub(super) keys: Box<[Key]>,
    /// Whether the last span was shorter than 128 bytes: the next one likely is as long.
    pub(super) is_short: Cell<bool>,
    /// The attributes `code.*`, where they are asked for.
    pub(super) code: Box<[u8]>,
}

/// A key of an attribute.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Field 1 of an attribute.
    pub(super) field: Box<[u8]>,
    /// False where there is an allow-list and it is not on it.
    pub(super) is_allowed: bool,
}

impl Pieces {
    #[inline]
    pub(super) fn get(&self, number: u32) -> Option<&Piece> {
        self.0.get(number as usize)?.as_ref()
    }

    /// Encodes the pieces of a site that is not known yet; none where there is no such site.
    #[cold]
    pub(super) fn learn(
        &mut self,
        number: u32,
        names: &mut Names,
        privacy: &Privacy,
        code_attributes: bool,
        request: &mut Request,
    ) -> Option<()> {
        let piece = Piece::of(names.site(number)?, privacy, code_attributes, request);
        let at = number as usize;
        if self.0.len() <= at {
            self.0.resize_with(at + 1, || None);
        }
        *self.0.get_mut(at)? = Some(piece);
        Some(())
    }
}

impl Piece {
    fn of(
        site: &'static Site,
        privacy: &Privacy,
        code_attributes: bool,
        request: &mut Request,
    ) -> Self {
        let keys = site.keys().iter().map(|key| Key {
            name: key,
            field: text(with_length(1), key),
            is_allowed: privacy
                .allowed
                .as_ref()
                .is_none_or(|allowed| allowed.contains(*key)),
        });
        Self {
            site,
            group: request.group(&code::scope(site.code())),
            name: named(site.name(), site.kind()),
            event_name: text(with_length(2), site.name()),
            keys: keys.collect(),
            is_short: Cell::default(),
            code: if code_attributes {
                code_bytes(site)
            } else {
                Box::default()
            },
        }
    }
}

/// Name and kind of a span.
pub(super) fn named(name: &str, kind: Kind) -> Box<[u8]> {
    let mut bytes = text(with_length(5), name).into_vec();
    bytes.push(varying(6));
    bytes.push(match kind {
        Kind::Internal => 1,
        Kind::Server => 2,
        Kind::Client => 3,
        Kind::Producer => 4,
        Kind::Consumer => 5,
    });
    bytes.into()
}

fn text(tag: u8, text: &str) -> Box<[u8]> {
    let mut bytes = Vec::new();
    field(&mut bytes, tag, text.as_bytes());
    bytes.into()
}

fn code_bytes(site: &'static Site) -> Box<[u8]> {
    let mut bytes = Vec::new();
    for attribute in Attributes::from(code::attributes(site.code())).0 {
        prost::encoding::message::encode(9, &attribute, &mut bytes);
    }
    bytes.into()
}

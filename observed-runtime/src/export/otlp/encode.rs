//! Encodes spans into a request, one record after the other.

use super::attributes::Scratch;
use super::extra::{Events, With};
use super::pieces::Pieces;
use super::request::Request;
use super::span::{Span, State};
use super::texts::Texts;
use crate::export::firewall::Firewall;
use crate::record::clock::Converter;
use crate::record::intern::Names;
use crate::record::span_codec::{Head, RawExtra};
use crate::record::value_codec::Cursor;

/// Encodes spans into a request.
pub(super) struct Encoder {
    pieces: Pieces,
    texts: Texts,
    scratch: Scratch,
    state: State,
    code_attributes: bool,
    pub(super) request: Request,
}

/// A span that was encoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Encoded {
    pub(super) group: usize,
    /// Where it begins in its group.
    pub(super) begin: usize,
    /// Its events, counted from the first byte of the message.
    pub(super) events: Events,
}

impl Encoder {
    pub(super) fn new(request: Request, most_text: usize, code_attributes: bool) -> Self {
        Self {
            pieces: Pieces::default(),
            texts: Texts::new(most_text),
            scratch: Scratch::default(),
            state: State::default(),
            code_attributes,
            request,
        }
    }

    /// Puts one span into the request; none where its record cannot be read, and then nothing of it is there.
    pub(super) fn add(
        &mut self,
        record: &[u64],
        firewall: &Firewall<'_>,
        names: &mut Names,
        clock: &Converter,
    ) -> Option<Encoded> {
        let (head, cells) = Head::read(record)?;
        self.learn(head.site, firewall, names)?;
        let extra = if head.has_extra() {
            Some(self.read_extra(&head, cells, firewall, names)?)
        } else {
            None
        };
        let piece = self.pieces.get(head.site)?;
        let out = self.request.spans_of(piece.group)?;
        let begin = out.len();
        let mut span = Span {
            head,
            piece,
            pieces: &self.pieces,
            out,
            with: With {
                firewall,
                names,
                clock,
                texts: &mut self.texts,
                scratch: &mut self.scratch,
            },
        };
        let written = span.write(cells, extra.as_ref(), &mut self.state);
        let group = piece.group;
        let Some(events) = written else {
            self.request.spans_of(group)?.truncate(begin);
            self.scratch.beyond.clear();
            return None;
        };
        self.request.count(group, begin);
        Some(Encoded {
            group,
            begin,
            events,
        })
    }

    #[inline]
    fn learn(&mut self, site: u32, firewall: &Firewall<'_>, names: &mut Names) -> Option<()> {
        if self.pieces.get(site).is_some() {
            return Some(());
        }
        let (code, request) = (self.code_attributes, &mut self.request);
        self.pieces
            .learn(site, names, firewall.privacy, code, request)
    }

    /// Finds what few spans have behind the values, and learns the sites of the events.
    #[cold]
    fn read_extra<'a>(
        &mut self,
        head: &Head,
        mut cells: Cursor<'a>,
        firewall: &Firewall<'_>,
        names: &mut Names,
    ) -> Option<RawExtra<'a>> {
        cells.values(head.values(), |_, _| Some(()))?;
        let extra = RawExtra::read(&mut cells)?;
        for event in extra.events() {
            self.learn(event.site, firewall, names)?;
        }
        Some(extra)
    }
}

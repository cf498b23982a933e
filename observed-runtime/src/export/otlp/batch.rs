//! A batch as requests of a bounded size, one after the other, in memory that is used again.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;

use super::encode::{Encoded, Encoder};
use super::extra::Events;
use super::request::{Whole, let_go};
use super::send::{not_encoded, too_large};
use super::wire::{field, varint, varying, with_length};
use crate::export::outgoing::Outgoing;
use crate::export::report::Report;
use crate::export::transport::Body;
use crate::record::clock::Converter;

/// The spans of one request after the other.
pub(super) struct Batch {
    encoder: Encoder,
    most_bytes: usize,
    /// A span that the last request had no room for.
    waiting: Option<Encoded>,
    /// Its message.
    message: Vec<u8>,
}

/// What became of spans while a request was filled.
pub(super) struct Filled {
    pub(super) report: Report,
    /// There are no more.
    pub(super) is_last: bool,
}

impl Batch {
    pub(super) fn new(encoder: Encoder, most_bytes: usize) -> Self {
        Self {
            encoder,
            most_bytes,
            waiting: None,
            message: Vec::new(),
        }
    }

    /// Forgets what a panic may have left behind.
    pub(super) fn begin(&mut self) {
        self.encoder.request.clear();
        self.waiting = None;
    }

    pub(super) fn spans(&self) -> usize {
        self.encoder.request.spans
    }

    /// Encodes until the request is full or there is nothing left.
    #[inline(never)]
    pub(super) fn fill<'a>(
        &mut self,
        records: &mut impl Iterator<Item = &'a [u64]>,
        outgoing: &mut Outgoing<'_>,
    ) -> Filled {
        let mut report = Report::default();
        if let Some(waiting) = self.waiting.take() {
            report = report.and(self.put_alone(waiting));
        }
        let clock = Converter::new();
        for record in records {
            let (firewall, names) = (outgoing.firewall, &mut *outgoing.names);
            let Some(encoded) = self.encoder.add(record, firewall, names, &clock) else {
                report = report.and(not_encoded(1));
                continue;
            };
            if self.encoder.request.len() <= self.most_bytes {
                continue;
            }
            self.take_out(&encoded);
            if self.spans() > 0 {
                self.waiting = Some(encoded);
                return Filled {
                    report,
                    is_last: false,
                };
            }
            report = report.and(self.put_alone(encoded));
        }
        Filled {
            report,
            is_last: true,
        }
    }

    /// Takes the last span out of the request.
    #[cold]
    fn take_out(&mut self, encoded: &Encoded) {
        let request = &mut self.encoder.request;
        let spans = request.spans_of(encoded.group);
        let span = spans.and_then(|spans| spans.get(encoded.begin..));
        self.message.clear();
        self.message
            .extend_from_slice(content(span.unwrap_or_default()));
        request.take_back(encoded.group, encoded.begin);
    }

    /// Puts the span that was taken out into the empty request; without its events, where it is too large, and where it still
    /// is it does not leave.
    #[cold]
    fn put_alone(&mut self, encoded: Encoded) -> Report {
        let fits = self.put(&encoded)
            || encoded.events.written > 0 && {
                without_events(&mut self.message, encoded.events);
                self.put(&encoded)
            };
        let_go(&mut self.message);
        if fits { Report::default() } else { too_large() }
    }

    /// Puts the message into its group; false, and it is not there, where that is too much.
    fn put(&mut self, encoded: &Encoded) -> bool {
        let request = &mut self.encoder.request;
        let Some(spans) = request.spans_of(encoded.group) else {
            return false;
        };
        let begin = spans.len();
        field(spans, with_length(2), &self.message);
        request.count(encoded.group, begin);
        let fits = request.len() <= self.most_bytes;
        if !fits {
            request.take_back(encoded.group, begin);
        }
        fits
    }

    /// The request in one piece.
    #[inline(never)]
    pub(super) fn finish(&mut self) -> Whole {
        self.encoder.request.take()
    }

    /// The body of the request, and what of it can be used again.
    pub(super) fn take(&mut self, gzip: bool) -> (Body, Kept) {
        let Whole {
            buffer,
            begin,
            group,
        } = self.finish();
        let (body, bytes) = if gzip {
            let message = buffer.get(begin..).unwrap_or_default();
            (Body::of(&compressed(message), true), buffer.into())
        } else {
            Body::within(buffer, begin, false)
        };
        (body, Kept { bytes, group })
    }

    /// Takes back the memory of a body, if the transport holds none of it.
    pub(super) fn reuse(&mut self, kept: Kept) {
        if let Ok(mut unique) = kept.bytes.try_into_mut() {
            // What is empty is not copied to the front.
            unique.clear();
            self.give_back(kept.group, unique.into());
        }
    }

    pub(super) fn give_back(&mut self, group: Option<usize>, buffer: Vec<u8>) {
        self.encoder.request.reuse(group, buffer);
    }
}

/// The memory of a request.
pub(super) struct Kept {
    bytes: Bytes,
    group: Option<usize>,
}

/// The message of a field with a tag of one byte.
fn content(field: &[u8]) -> &[u8] {
    let length = field.iter().skip(1).take_while(|byte| **byte >= 0x80);
    field.get(2 + length.count()..).unwrap_or_default()
}

/// Takes the events out of a span's message and counts them as dropped.
fn without_events(message: &mut Vec<u8>, events: Events) {
    let mut count = Vec::new();
    count.push(varying(12));
    let dropped = events.dropped.saturating_add(events.written);
    varint(&mut count, u64::from(dropped));
    message.splice(events.begin..events.end, count);
}

/// As one member of gzip; where memory could not be written, which cannot be, the member is empty.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

//! One request: the resource once, and the spans of each scope beside each other.

use opentelemetry::InstrumentationScope;
use opentelemetry_proto::tonic::resource::v1::Resource as ResourceMessage;
use opentelemetry_proto::tonic::trace::v1::ResourceSpans;
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_sdk::Resource;
use prost::Message;

use super::wire::{field, field_len, varint, with_length};
use crate::export::transport::ROOM;

/// A buffer that has grown beyond this is let go of with its request.
const MOST_KEPT: usize = 1024 * 1024;

pub(super) struct Request {
    /// The resource, as it stands before the spans and behind them.
    before: Vec<u8>,
    behind: Vec<u8>,
    groups: Vec<Group>,
    /// Where groups are put together.
    together: Vec<u8>,
    head: Vec<u8>,
    /// What the groups take.
    bytes: usize,
    pub(super) spans: usize,
}

/// The spans of one scope, behind room for what stands before them in a request without others.
struct Group {
    scope: Box<[u8]>,
    spans: Vec<u8>,
    room: usize,
}

/// A request in one piece.
pub(super) struct Whole {
    pub(super) buffer: Vec<u8>,
    /// Where it begins, behind room for who sends it.
    pub(super) begin: usize,
    /// Whose memory that is, if it is a group's.
    pub(super) group: Option<usize>,
}

/// A tag, and a length of up to 32 GiB.
const MOST_BEFORE: usize = 6;

impl Request {
    pub(super) fn new(resource: &Resource) -> Self {
        let with_schema = ResourceAttributesWithSchema::from(resource);
        let before = ResourceSpans {
            resource: Some(ResourceMessage {
                attributes: with_schema.attributes.0,
                ..ResourceMessage::default()
            }),
            ..ResourceSpans::default()
        };
        let behind = ResourceSpans {
            schema_url: with_schema.schema_url.unwrap_or_default(),
            ..ResourceSpans::default()
        };
        Self {
            before: before.encode_to_vec(),
            behind: behind.encode_to_vec(),
            groups: Vec::new(),
            together: Vec::new(),
            head: Vec::new(),
            bytes: 0,
            spans: 0,
        }
    }

    /// Where the spans of a scope stand.
    pub(super) fn group(&mut self, scope: &InstrumentationScope) -> usize {
        let mut named = Vec::new();
        field(&mut named, with_length(1), scope.name().as_bytes());
        if let Some(version) = scope.version() {
            field(&mut named, with_length(2), version.as_bytes());
        }
        let mut bytes = Vec::new();
        field(&mut bytes, with_length(1), &named);
        let known = self.groups.iter().position(|group| *group.scope == *bytes);
        known.unwrap_or_else(|| {
            self.groups.push(Group {
                room: ROOM + 2 * MOST_BEFORE + self.before.len() + bytes.len(),
                scope: bytes.into(),
                spans: Vec::new(),
            });
            self.groups.len() - 1
        })
    }

    /// What a group holds, to write behind it.
    #[inline]
    pub(super) fn spans_of(&mut self, group: usize) -> Option<&mut Vec<u8>> {
        let group = self.groups.get_mut(group)?;
        if group.spans.is_empty() {
            group.spans.resize(group.room, 0);
        }
        Some(&mut group.spans)
    }

    /// Counts the span that was written into a group behind its first `begin` bytes.
    #[inline]
    pub(super) fn count(&mut self, group: usize, begin: usize) {
        if let Some(group) = self.groups.get(group) {
            self.bytes += group.bytes(group.spans.len()) - group.bytes(begin);
            self.spans += 1;
        }
    }

    /// Takes away the last span of a group, which began at `begin`.
    pub(super) fn take_back(&mut self, group: usize, begin: usize) {
        if let Some(group) = self.groups.get_mut(group) {
            self.bytes -= group.bytes(group.spans.len()) - group.bytes(begin);
            group.spans.truncate(begin);
            self.spans -= 1;
        }
    }

    /// The size of the whole.
    #[inline]
    pub(super) fn len(&self) -> usize {
        field_len(self.inside())
    }

    fn inside(&self) -> usize {
        self.before.len() + self.bytes + self.behind.len()
    }

    /// Takes the request; where it has one scope, in the memory that its spans were written into.
    pub(super) fn take(&mut self) -> Whole {
        let mut used = self
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.has_spans());
        let whole = match (used.next(), used.next()) {
            (Some((only, _)), None) => self.take_only(only),
            _ => self.take_together(),
        };
        self.clear();
        whole
    }

    fn take_only(&mut self, only: usize) -> Whole {
        let mut head = std::mem::take(&mut self.head);
        head.clear();
        self.write_head(&mut head);
        let mut whole = Whole {
            buffer: Vec::new(),
            begin: 0,
            group: Some(only),
        };
        if let Some(group) = self.groups.get_mut(only) {
            group.write_head(&mut head);
            whole.begin = group.room - head.len();
            whole.buffer = std::mem::take(&mut group.spans);
            let room = whole.buffer.get_mut(whole.begin..group.room);
            room.unwrap_or_default().copy_from_slice(&head);
        }
        whole.buffer.extend_from_slice(&self.behind);
        self.head = head;
        whole
    }

    fn take_together(&mut self) -> Whole {
        let mut buffer = std::mem::take(&mut self.together);
        buffer.clear();
        buffer.resize(ROOM, 0);
        self.write(&mut buffer);
        Whole {
            buffer,
            begin: ROOM,
            group: None,
        }
    }

    /// Puts the whole behind what is in `out`.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.reserve(self.len());
        self.write_head(out);
        for group in self.groups.iter().filter(|group| group.has_spans()) {
            group.write_head(out);
            out.extend_from_slice(group.spans.get(group.room..).unwrap_or_default());
        }
        out.extend_from_slice(&self.behind);
    }

    /// Everything before the spans of the first scope.
    fn write_head(&self, out: &mut Vec<u8>) {
        out.push(with_length(1));
        varint(out, self.inside() as u64);
        out.extend_from_slice(&self.before);
    }

    /// Takes back the memory of a request that was taken.
    pub(super) fn reuse(&mut self, group: Option<usize>, mut buffer: Vec<u8>) {
        buffer.clear();
        let_go(&mut buffer);
        match group.and_then(|group| self.groups.get_mut(group)) {
            Some(group) => group.spans = buffer,
            None => self.together = buffer,
        }
    }

    /// Forgets the spans.
    pub(super) fn clear(&mut self) {
        for group in &mut self.groups {
            group.spans.clear();
            let_go(&mut group.spans);
        }
        (self.bytes, self.spans) = (0, 0);
    }
}

impl Group {
    fn has_spans(&self) -> bool {
        self.spans.len() > self.room
    }

    fn write_head(&self, out: &mut Vec<u8>) {
        let spans = self.spans.len().saturating_sub(self.room);
        out.push(with_length(2));
        varint(out, (self.scope.len() + spans) as u64);
        out.extend_from_slice(&self.scope);
    }

    /// What it takes of a request whose spans end at a place in its buffer.
    #[inline]
    fn bytes(&self, end: usize) -> usize {
        let spans = end.saturating_sub(self.room);
        if spans == 0 {
            return 0;
        }
        field_len(self.scope.len() + spans)
    }
}

/// Lets go of a buffer that one large request has made large.
pub(super) fn let_go(buffer: &mut Vec<u8>) {
    if buffer.capacity() > MOST_KEPT {
        *buffer = Vec::new();
    }
}

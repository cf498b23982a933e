//! One request: the resource once, and the spans of each scope beside each other.

use opentelemetry::InstrumentationScope;
use opentelemetry_proto::tonic::resource::v1::Resource as ResourceMessage;
use opentelemetry_proto::tonic::trace::v1::ResourceSpans;
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_sdk::Resource;
use prost::Message;

use super::wire::{field, field_len, varint, with_length};

/// A buffer that has grown beyond this is let go of with its request.
const MOST_KEPT: usize = 1024 * 1024;

pub(super) struct Request {
    /// The resource, as it stands before the spans and behind them.
    before: Vec<u8>,
    behind: Vec<u8>,
    groups: Vec<Group>,
    /// What the groups take.
    bytes: usize,
    pub(super) spans: usize,
}

/// The spans of one scope.
struct Group {
    scope: Box<[u8]>,
    spans: Vec<u8>,
}

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
                scope: bytes.into(),
                spans: Vec::new(),
            });
            self.groups.len() - 1
        })
    }

    /// What a group holds, to write behind it.
    #[inline]
    pub(super) fn spans_of(&mut self, group: usize) -> Option<&mut Vec<u8>> {
        self.groups.get_mut(group).map(|group| &mut group.spans)
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

    /// Puts the whole behind what is in `out`.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.reserve(self.len());
        out.push(with_length(1));
        varint(out, self.inside() as u64);
        out.extend_from_slice(&self.before);
        for group in self.groups.iter().filter(|group| !group.spans.is_empty()) {
            out.push(with_length(2));
            varint(out, (group.scope.len() + group.spans.len()) as u64);
            out.extend_from_slice(&group.scope);
            out.extend_from_slice(&group.spans);
        }
        out.extend_from_slice(&self.behind);
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
    /// What it takes of a request with so many bytes of spans.
    #[inline]
    fn bytes(&self, spans: usize) -> usize {
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

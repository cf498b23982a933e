//! What goes to a receiver, and what it took of it.

use hyper::body::Bytes;

/// What stands before a message of gRPC: a byte that says whether it is compressed, and four of its length.
pub(crate) const ROOM: usize = 5;

/// The body of a request, for either protocol: framed for gRPC once, so that neither needs a copy.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    framed: Bytes,
    /// Compressed already.
    pub(crate) gzip: bool,
}

impl Body {
    /// The message that stands in `buffer` from `begin` on, behind [`ROOM`] bytes at least; and a second hold on the memory,
    /// for who wants it back.
    pub(crate) fn within(mut buffer: Vec<u8>, begin: usize, gzip: bool) -> (Self, Bytes) {
        let length = buffer.len().saturating_sub(begin);
        let length = u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
        let from = begin.saturating_sub(ROOM);
        if let Some([first, rest @ ..]) = buffer.get_mut(from..begin) {
            *first = u8::from(gzip);
            rest.copy_from_slice(&length);
        }
        let whole = Bytes::from(buffer);
        let framed = whole.slice(from..);
        (Self { framed, gzip }, whole)
    }

    /// A copy of a message.
    pub(crate) fn of(message: &[u8], gzip: bool) -> Self {
        let buffer = [&[0; ROOM], message].concat();
        Self::within(buffer, ROOM, gzip).0
    }

    /// As gRPC has it.
    pub(super) fn framed(&self) -> Bytes {
        self.framed.clone()
    }

    pub(crate) fn message(&self) -> Bytes {
        self.framed.slice(ROOM..)
    }
}

/// What a receiver took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delivered {
    /// The spans of the request that it refused.
    pub(crate) rejected: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stands_behind_its_length_wherever_it_begins() {
        for begin in [ROOM, 9] {
            let buffer = [vec![7; begin], b"message".to_vec()].concat();
            let (body, whole) = Body::within(buffer, begin, true);
            assert_eq!(*body.framed(), *b"\x01\0\0\0\x07message");
            assert_eq!(
                (&*body.message(), whole.len()),
                (&b"message"[..], begin + 7)
            );
            assert_eq!(body.framed(), Body::of(b"message", true).framed());
        }
    }
}

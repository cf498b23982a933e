//! What protobuf looks like on the wire (Protocol Buffers, "Encoding"), as far as OTLP needs it.

/// The tag of a field whose value has a length: numbers up to 15.
pub(super) const fn with_length(field: u8) -> u8 {
    field << 3 | 2
}

/// The tag of a field that is a varint.
pub(super) const fn varying(field: u8) -> u8 {
    field << 3
}

/// The tag of a field of eight bytes.
pub(super) const fn eight_bytes(field: u8) -> u8 {
    field << 3 | 1
}

/// How many bytes a varint takes: one for each seven bits that are used.
#[inline]
pub(super) const fn varint_len(number: u64) -> usize {
    // 64 bits and one for zero, over seven, without a division.
    ((64 - (number | 1).leading_zeros() as usize) * 9 + 64) / 64
}

#[inline]
pub(super) fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A field with bytes.
#[inline]
pub(super) fn field(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// How many bytes a field with so many bytes takes.
pub(super) fn field_len(bytes: usize) -> usize {
    1 + varint_len(bytes as u64) + bytes
}

/// A field whose length is known at its end; one byte or two are kept free for it, as it is guessed.
#[derive(Clone, Copy)]
pub(super) struct Open {
    /// Where its bytes begin.
    pub(super) content: usize,
    room: usize,
}

/// Begins a field that is likely shorter than 128 bytes, or likely not.
#[inline]
pub(super) fn open(out: &mut Vec<u8>, tag: u8, is_short: bool) -> Open {
    let room = if is_short { 1 } else { 2 };
    let begin: &[u8] = if is_short { &[tag, 0] } else { &[tag, 0, 0] };
    out.extend_from_slice(begin);
    Open {
        content: out.len(),
        room,
    }
}

/// Ends a field; says whether it is shorter than 128 bytes.
#[inline]
pub(super) fn close(out: &mut Vec<u8>, field: Open) -> bool {
    let len = out.len().saturating_sub(field.content);
    match out.get_mut(field.content - field.room..field.content) {
        Some([only]) if len < 0x80 => *only = len as u8,
        Some([low, high]) if (0x80..0x4000).contains(&len) => {
            *low = len as u8 | 0x80;
            *high = (len >> 7) as u8;
        }
        _ => move_and_close(out, field, len),
    }
    len < 0x80
}

#[cold]
fn move_and_close(out: &mut Vec<u8>, field: Open, len: usize) {
    let Open { content, room } = field;
    let needed = varint_len(len as u64);
    let to = content - room + needed;
    if needed > room {
        out.resize(to + len, 0);
    }
    out.copy_within(content..content + len, to);
    out.truncate(to + len);
    let mut number = len;
    for slot in out.get_mut(content - room..to).unwrap_or_default() {
        *slot = number as u8 | 0x80;
        number >>= 7;
    }
    if let Some(last) = out.get_mut(to - 1) {
        *last &= 0x7f;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_varint_is_as_long_as_it_says() {
        let edges = (0..64).flat_map(|bit| [1_u64 << bit, (1_u64 << bit) - 1]);
        for number in edges.chain([u64::MAX]) {
            let mut out = Vec::new();
            varint(&mut out, number);
            assert_eq!(out.len(), varint_len(number), "{number}");
            assert_eq!(
                prost::encoding::decode_varint(&mut out.as_slice()),
                Ok(number)
            );
        }
    }

    #[test]
    fn a_length_is_written_when_it_is_known_whatever_it_is() {
        for len in [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152] {
            let bytes: Vec<u8> = (0..len).map(|at| at as u8).collect();
            let mut expected = vec![9];
            field(&mut expected, 0x0a, &bytes);
            for is_short in [false, true] {
                let mut out = vec![9];
                let begun = open(&mut out, 0x0a, is_short);
                out.extend_from_slice(&bytes);
                assert_eq!(close(&mut out, begun), len < 128);
                assert!(out == expected, "{len}");
                assert_eq!(out.len(), 1 + field_len(len));
            }
        }
    }
}

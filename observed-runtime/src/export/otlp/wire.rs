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

/// The bytes that are kept free for a length that is not known yet: most spans are longer than 127 bytes and shorter than
/// 16,384.
const ROOM: usize = 2;

/// Begins a field whose length is known at its end; what is returned goes to [`close`].
#[inline]
pub(super) fn open(out: &mut Vec<u8>, tag: u8) -> usize {
    out.extend_from_slice(&[tag, 0, 0]);
    out.len()
}

/// Ends the field whose bytes began at `begin`.
#[inline]
pub(super) fn close(out: &mut Vec<u8>, begin: usize) {
    let len = out.len().saturating_sub(begin);
    if (0x80..0x4000).contains(&len)
        && let Some([low, high]) = out.get_mut(begin - ROOM..begin)
    {
        *low = len as u8 | 0x80;
        *high = (len >> 7) as u8;
        return;
    }
    move_and_close(out, begin, len);
}

#[cold]
fn move_and_close(out: &mut Vec<u8>, begin: usize, len: usize) {
    let needed = varint_len(len as u64);
    let to = begin - ROOM + needed;
    if needed > ROOM {
        out.resize(to + len, 0);
    }
    out.copy_within(begin..begin + len, to);
    out.truncate(to + len);
    let mut number = len;
    for slot in out.get_mut(begin - ROOM..to).unwrap_or_default() {
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
            let (mut expected, mut out) = (vec![9], vec![9]);
            field(&mut expected, 0x0a, &bytes);
            let begin = open(&mut out, 0x0a);
            out.extend_from_slice(&bytes);
            close(&mut out, begin);
            assert!(out == expected, "{len}");
            assert_eq!(out.len(), 1 + field_len(len));
        }
    }
}

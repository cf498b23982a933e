//! The cells that every span has: length and site, flags and error code, trace (two), span, parent, start, end, threshold.

use crate::identity::TraceId;
use crate::record::clock::Tick;
use crate::record::finished::Keeping;
use crate::record::value_codec::Cursor;

pub(crate) const HEADER: usize = 9;

pub(super) const FAILED: u64 = 1;
pub(super) const CANCELLED: u64 = 1 << 1;
pub(super) const PARENT_IS_REMOTE: u64 = 1 << 2;
pub(super) const ON_TRIAL: u64 = 1 << 3;
pub(super) const HAS_EXTRA: u64 = 1 << 4;
pub(super) const RANDOM: u64 = 1 << 5;
/// On trial, and kept; the worker's.
const PARTIAL: u64 = 1 << 6;

/// They, read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// The site's number.
    pub(crate) site: u32,
    flags: u64,
    pub(crate) trace: [u64; 2],
    pub(crate) span: u64,
    pub(crate) parent: u64,
    pub(crate) start: Tick,
    pub(crate) end: Tick,
    /// The threshold's cell.
    pub(crate) threshold: u64,
}

impl Head {
    /// The head of a record, and what is behind it.
    #[inline]
    pub(crate) fn read(record: &[u64]) -> Option<(Self, Cursor<'_>)> {
        let (cells, rest) = record.split_first_chunk::<HEADER>()?;
        let [first, flags, high, low, span, parent, start, end, threshold] = *cells;
        let head = Self {
            site: (first >> 32) as u32,
            flags,
            trace: [high, low],
            span,
            parent,
            start: Tick::from_raw(start),
            end: Tick::from_raw(end),
            threshold,
        };
        Some((head, Cursor::new(rest)))
    }

    pub(crate) fn trace_id(&self) -> TraceId {
        let [high, low] = self.trace.map(u128::from);
        TraceId(high << 64 | low)
    }

    /// How many values it has, late ones not among them.
    #[inline]
    pub(crate) fn values(&self) -> usize {
        (self.flags >> 8) as u16 as usize
    }

    /// The number of the error's code, where the span failed.
    #[inline]
    pub(crate) fn failed(&self) -> Option<u32> {
        (self.flags & FAILED != 0).then_some((self.flags >> 32) as u32)
    }

    #[inline]
    pub(crate) fn is_cancelled(&self) -> bool {
        self.flags & (CANCELLED | FAILED) == CANCELLED
    }

    #[inline]
    pub(crate) fn parent_is_remote(&self) -> bool {
        self.flags & PARENT_IS_REMOTE != 0
    }

    #[inline]
    pub(crate) fn is_random(&self) -> bool {
        self.flags & RANDOM != 0
    }

    #[inline]
    pub(crate) fn has_extra(&self) -> bool {
        self.flags & HAS_EXTRA != 0
    }

    #[inline]
    pub(crate) fn keeping(&self) -> Keeping {
        if self.flags & PARTIAL != 0 {
            Keeping::Partial
        } else if self.flags & ON_TRIAL != 0 {
            Keeping::OnTrial
        } else {
            Keeping::Sampled
        }
    }
}

/// Of a span's flags those of its trace: not how it ended, nor what it holds.
pub(super) fn of_the_trace(flags: u64, has_extra: bool) -> u64 {
    let extra = if has_extra { HAS_EXTRA } else { 0 };
    flags & (PARENT_IS_REMOTE | RANDOM | ON_TRIAL | PARTIAL) | extra
}

/// Marks a record as one that leaves although its trace was not sampled.
pub(crate) fn keep(record: &mut [u64]) {
    if let Some(flags) = record.get_mut(1) {
        *flags |= PARTIAL;
    }
}

//! The rejection threshold of consistent probability sampling (OpenTelemetry, "`TraceState`: Probability Sampling"): of 2^56
//! traces, so many are not recorded.

use std::fmt;
use std::num::NonZeroU64;

/// The number of different random values.
#[cfg(feature = "enable")]
const ALL: u64 = 1 << 56;
/// The hexadecimal digits of a random value.
const DIGITS: u32 = 14;
/// The digits of a threshold that matter, as the specification recommends it; the leading `f`s of a small probability are
/// none of them.
#[cfg(feature = "enable")]
const PRECISION: u32 = 4;

/// A trace is recorded where its random value is not below the threshold. One more than the threshold is stored, so that
/// an absent one takes no room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Threshold(NonZeroU64);

impl Threshold {
    /// Takes every trace.
    #[cfg(feature = "enable")]
    pub(crate) const ALWAYS: Self = Self::new(0);
    /// Takes no trace. It is never written.
    #[cfg(feature = "enable")]
    const NEVER: Self = Self::new(ALL);

    const fn new(rejected: u64) -> Self {
        Self(NonZeroU64::MIN.saturating_add(rejected))
    }

    fn rejected(self) -> u64 {
        self.0.get() - 1
    }

    /// Between 1 and 14 digits, with zeros behind them; nothing else is a threshold.
    pub(crate) fn parse(digits: &str) -> Option<Self> {
        let missing = DIGITS.checked_sub(u32::try_from(digits.len()).ok()?)?;
        Some(Self::new(hexadecimal(digits)? << (4 * missing)))
    }

    /// True for digits as `Display` writes them.
    pub(crate) fn is_written(digits: &str) -> bool {
        digits == "0" || !digits.ends_with('0')
    }
}

#[cfg(feature = "enable")]
impl Threshold {
    /// The threshold of a probability, to four digits.
    #[expect(clippy::cast_sign_loss, reason = "the probability is above zero")]
    pub(crate) fn of(probability: f64) -> Self {
        if probability >= 1.0 {
            return Self::ALWAYS;
        }
        let taken = (probability.max(0.0) * ALL as f64).round() as u64;
        if taken == 0 {
            return Self::NEVER;
        }
        // A sixteenth or less begins with an `f`, which says nothing but that.
        let leading = (taken.leading_zeros() - ALL.leading_zeros() - 1) / 4;
        let unit = 1 << (4 * DIGITS.saturating_sub(PRECISION + leading));
        let rounded = (ALL - taken + unit / 2) / unit * unit;
        Self::new(rounded.min(ALL - 1))
    }

    /// True where a trace with this random value is recorded.
    pub(crate) fn takes(self, random: u64) -> bool {
        random >= self.rejected()
    }

    /// The share of the traces that it takes.
    pub(crate) fn probability(self) -> f64 {
        (ALL - self.rejected()) as f64 / ALL as f64
    }

    /// The threshold that takes this share of what `self` takes.
    pub(crate) fn raised(self, share: f64) -> Self {
        Self::of(self.probability() * share).max(self)
    }

    /// A threshold as a cell of a span's record; zero stands for none.
    #[inline]
    pub(crate) fn to_cell(threshold: Option<Self>) -> u64 {
        threshold.map_or(0, |threshold| threshold.0.get())
    }

    /// What [`Threshold::to_cell`] has written.
    pub(crate) fn from_cell(cell: u64) -> Option<Self> {
        NonZeroU64::new(cell).map(Self)
    }
}

/// An explicit random value: exactly 14 digits.
#[cfg(feature = "enable")]
pub(crate) fn parse_random(digits: &str) -> Option<u64> {
    let is_whole = u32::try_from(digits.len()) == Ok(DIGITS);
    is_whole.then(|| hexadecimal(digits))?
}

/// The random value of a trace id: its last 56 bits.
#[cfg(feature = "enable")]
pub(crate) fn random_of(trace_id: u128) -> u64 {
    trace_id as u64 & (ALL - 1)
}

/// Lower case only, so that values can be compared as texts.
fn hexadecimal(digits: &str) -> Option<u64> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits
        .bytes()
        .all(is_digit)
        .then(|| u64::from_str_radix(digits, 16).ok())?
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without a text on the heap: it is written for each span that is exported.
        let zeros = (self.rejected().trailing_zeros() / 4).min(DIGITS - 1);
        let digits = (DIGITS - zeros) as usize;
        write!(f, "{:0digits$x}", self.rejected() >> (4 * zeros))
    }
}

impl fmt::Debug for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(all(test, feature = "enable"))]
mod tests {
    use super::*;

    #[test]
    fn probabilities_have_the_thresholds_of_the_specification() {
        // "Converting floating-point probability to threshold value", precision 4.
        for (n, expected) in [
            (1.0, "0"),
            (2.0, "8"),
            (3.0, "aaab"),
            (4.0, "c"),
            (5.0, "cccd"),
            (8.0, "e"),
            (10.0, "e666"),
            (16.0, "f"),
            (100.0, "fd70a"),
            (1_000.0, "ffbe77"),
            (10_000.0, "fff9724"),
            (100_000.0, "ffff583a"),
            (1_000_000.0, "ffffef39"),
        ] {
            let threshold = Threshold::of(1.0 / n);
            assert_eq!(threshold.to_string(), expected, "1 in {n}");
            assert_eq!(Threshold::parse(expected), Some(threshold));
            assert!((threshold.probability() * n - 1.0).abs() < 1e-4, "1 in {n}");
        }
    }

    #[test]
    fn the_ends_are_exact() {
        let (least, most) = (0, ALL - 1);
        assert!(Threshold::of(1.0).takes(least) && Threshold::of(7.0).takes(least));
        for nothing in [0.0, -1.0, 1e-18, f64::NAN] {
            assert!(!Threshold::of(nothing).takes(most), "{nothing}");
        }
        let smallest = Threshold::of((ALL as f64).recip());
        assert_eq!(smallest.to_string(), "ffffffffffffff");
        assert!(smallest.takes(most) && !smallest.takes(most - 1));
        assert!(Threshold::of(0.999_999_999).takes(most));
    }

    #[test]
    fn a_threshold_has_up_to_14_digits_with_zeros_behind_them() {
        let read = |digits| Threshold::parse(digits).map(Threshold::rejected);
        assert_eq!(read("0"), Some(0));
        assert_eq!(read("8"), Some(1 << 55));
        assert_eq!(read("fd70a4"), Some(0xfd_70a4_0000_0000));
        assert_eq!(read("00000000000001"), Some(1));
        for bad in ["", "000000000000000", "g", "+1", "FD", " 8", "0x8"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_explicit_random_value_has_14_digits() {
        // "Explicit randomness value", whose example is sampled from 41.1 % on.
        let random = parse_random("6e6d1a75832a2f").unwrap();
        assert_eq!(random, 0x6e_6d1a_7583_2a2f);
        assert!(Threshold::parse("6e6d1a75832a2f").unwrap().takes(random));
        assert!(!Threshold::parse("6e6d1a75832a3").unwrap().takes(random));
        for bad in ["", "6e6d1a75832a2", "6e6d1a75832a2f0", "6E6d1a75832a2f"] {
            assert_eq!(parse_random(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_raised_threshold_takes_a_share_of_what_was_taken() {
        let tenth = Threshold::of(0.1);
        assert!((tenth.raised(0.5).probability() - 0.05).abs() < 1e-5);
        assert_eq!(tenth.raised(1.0), tenth);
        let fine = Threshold::parse("e6666666666666").unwrap();
        assert!(
            fine.raised(0.999_999_9) >= fine,
            "rounding never lowers one"
        );
        assert!(!tenth.raised(0.0).takes(ALL - 1));
    }
}

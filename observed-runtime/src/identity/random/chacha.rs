//! Random numbers for ids that nobody can compute from earlier ones: `ChaCha8` with a key of the operating system's, for
//! each thread.
//!
//! A key is used once: the numbers that it gives are preceded by the next key. It is thrown away for a new one of the
//! operating system's when it is older than [`OLDEST`], or the process is another one. A child of a fork and a copy of a
//! virtual machine begin with the numbers that are left here, so the moment of each draw is mixed in by a factor that is
//! secret too: what is uniform stays so, and the same number drawn at another moment is another one.

use std::cell::RefCell;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

const KEY: usize = 32;
const NUMBER: usize = 8;
/// Six times what the generator makes at once: half of what a key costs is the question whether this is the process still,
/// which a thread asks once for so many numbers.
const BYTES: usize = 1_536;
/// A copy of a virtual machine has keys of its own after this; the kernel is told that it runs in one.
const OLDEST: Duration = Duration::from_secs(1);

/// A number that was not drawn before, in this process, in a child of a fork, or in a copy of the machine. `moment` is
/// the reading of a clock.
#[inline]
pub(crate) fn random(moment: u64) -> u64 {
    thread_local! {
        // Nothing in it is dropped, so that it lives as long as the thread.
        static SOURCE: RefCell<Source> = const { RefCell::new(Source::EMPTY) };
    }
    let drawn = SOURCE.try_with(|source| Some(source.try_borrow_mut().ok()?.draw(moment)));
    drawn.ok().flatten().unwrap_or_else(|| {
        let mut source = Source::EMPTY;
        source.draw(moment)
    })
}

#[derive(Clone)]
struct Source {
    /// The next key, and numbers.
    bytes: [u8; BYTES],
    /// Where the last number ends that has not been drawn.
    end: usize,
    /// What the moment is multiplied by.
    factor: u64,
    /// The process that the key was made in, and when.
    process: u32,
    made: Option<SystemTime>,
}

impl Source {
    const EMPTY: Self = Self {
        bytes: [0; BYTES],
        end: KEY,
        factor: 0,
        process: 0,
        made: None,
    };

    #[inline]
    fn draw(&mut self, moment: u64) -> u64 {
        if self.end <= KEY {
            self.fill();
        }
        let numbers = self.bytes.get(..self.end);
        let number = numbers.and_then(<[u8]>::last_chunk::<NUMBER>).copied();
        self.end = self.end.saturating_sub(NUMBER);
        number.map_or(0, u64::from_le_bytes) ^ moment.wrapping_mul(self.factor)
    }

    #[cold]
    #[inline(never)]
    fn fill(&mut self) {
        let (process, now) = (std::process::id(), SystemTime::now());
        // A clock that was set back says nothing of the key's age.
        let age = self.made.and_then(|made| now.duration_since(made).ok());
        let is_fresh = self.process == process && age.is_some_and(|age| age < OLDEST);
        let mut key = self.key();
        if !is_fresh {
            (self.process, self.made) = (process, Some(now));
            if !kernel_fills(&mut key) {
                key = self.key_without_kernel();
            }
        }
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.fill_bytes(&mut self.bytes);
        self.end = BYTES;
        if !is_fresh {
            self.factor = generator.next_u64() | 1;
        }
    }

    /// The key of the numbers to come.
    fn key(&self) -> [u8; KEY] {
        self.bytes.first_chunk().copied().unwrap_or_default()
    }

    /// Where the kernel gives nothing: the keys of the standard library's hashes, with the old key, the process and the
    /// time.
    #[cold]
    fn key_without_kernel(&self) -> [u8; KEY] {
        let mut key = self.key();
        for (n, part) in key.chunks_mut(NUMBER).enumerate() {
            let hash = RandomState::new().hash_one((self.key(), n, self.process, self.made));
            part.copy_from_slice(&hash.to_le_bytes());
        }
        key
    }
}

/// True where the system gave random bytes.
#[cfg(not(target_family = "wasm"))]
fn kernel_fills(key: &mut [u8; KEY]) -> bool {
    getrandom::fill(key).is_ok()
}

/// A program would have to choose where from, although nothing is recorded here.
#[cfg(target_family = "wasm")]
fn kernel_fills(_: &mut [u8; KEY]) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

    /// The output of `SplitMix64` for a state (Steele, Lea, Flood 2014).
    fn mix(mut state: u64) -> u64 {
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^ (state >> 31)
    }

    fn inverse(odd: u64) -> u64 {
        (0..6).fold(odd, |inverse, _| {
            inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)))
        })
    }

    /// The state behind an output.
    fn unmix(mut output: u64) -> u64 {
        output ^= output >> 31 ^ output >> 62;
        output = output.wrapping_mul(inverse(0x94d0_49bb_1331_11eb));
        output ^= output >> 27 ^ output >> 54;
        output = output.wrapping_mul(inverse(0xbf58_476d_1ce4_e5b9));
        output ^ output >> 30 ^ output >> 60
    }

    #[test]
    fn the_next_number_cannot_be_computed_as_it_could_from_one_of_a_generator_without_a_key() {
        assert_eq!(unmix(mix(STEP)), STEP, "the attack works");
        let mut source = Source::EMPTY;
        let numbers: Vec<u64> = (0..1_000).map(|_| source.draw(0)).collect();
        for pair in numbers.windows(2) {
            let state = unmix(pair[0]);
            assert_ne!(pair[1], mix(state.wrapping_add(STEP)));
            assert_ne!(pair[1], mix(state.wrapping_sub(STEP)));
        }
    }

    #[test]
    fn a_key_is_used_once_and_the_numbers_go_on() {
        let mut source = Source::EMPTY;
        let mut seen = std::collections::HashSet::new();
        let mut keys = std::collections::HashSet::new();
        for _ in 0..(BYTES - KEY) / NUMBER * 20 {
            assert!(seen.insert(source.draw(0)));
            keys.insert(source.key());
        }
        assert_eq!(keys.len(), 20);
    }

    #[test]
    fn every_bit_of_a_number_is_set_in_half_of_them() {
        let mut source = Source::EMPTY;
        let mut set = [0_u32; 64];
        for moment in 0..10_000 {
            let number = source.draw(moment);
            for (bit, count) in set.iter_mut().enumerate() {
                *count += (number >> bit) as u32 & 1;
            }
        }
        assert!(
            set.iter().all(|count| (4_700..5_300).contains(count)),
            "{set:?}"
        );
    }

    #[test]
    fn a_copy_draws_other_numbers_at_other_moments_and_has_keys_of_its_own_after_a_second() {
        let mut source = Source::EMPTY;
        source.draw(1);
        let mut copy = source.clone();
        assert_eq!(
            source.clone().draw(2),
            copy.clone().draw(2),
            "they are copies"
        );
        assert_ne!(source.draw(2), copy.draw(3));
        let past = SystemTime::now() - 2 * OLDEST;
        for source in [&mut source, &mut copy] {
            (source.end, source.made) = (KEY, Some(past));
        }
        assert_ne!(source.draw(4), copy.draw(4));
        assert_ne!(source.factor, copy.factor);
    }

    #[test]
    fn another_process_has_a_key_of_its_own() {
        let mut source = Source::EMPTY;
        source.draw(1);
        let mut child = source.clone();
        child.process = child.process.wrapping_add(1);
        (source.end, child.end) = (KEY, KEY);
        assert_ne!(source.draw(2), child.draw(2));
    }

    #[test]
    fn without_the_kernel_keys_are_unlike_too() {
        let keys = [(); 2].map(|()| Source::EMPTY.key_without_kernel());
        assert_ne!(keys[0], keys[1]);
        assert!(
            keys[0]
                .chunks(8)
                .collect::<std::collections::HashSet<_>>()
                .len()
                == 4
        );
    }
}

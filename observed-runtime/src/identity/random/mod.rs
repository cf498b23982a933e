//! Random numbers for ids.

#[cfg(feature = "enable")]
mod chacha;
#[cfg(not(feature = "enable"))]
mod keyed;

#[cfg(feature = "enable")]
pub(super) use chacha::random;
#[cfg(not(feature = "enable"))]
pub(super) use keyed::random;

//! Receivers and helpers of the tests.

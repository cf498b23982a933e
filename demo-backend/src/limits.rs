//! The limits of a request: bytes, nesting, times, and actions at once.

use std::time::Duration;

/// The limits of one request, and of all actions at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The largest payload, in bytes of its canonical JSON.
    pub payload_bytes: usize,
    /// The deepest nesting of the payload.
    pub payload_depth: usize,
    /// The most actions that one request may contain, itself included.
    pub nested_actions: usize,
    /// The deepest nesting of actions in actions.
    pub nested_depth: usize,
    /// The longest time of an action.
    pub action_timeout: Duration,
    /// The longest time in which a client sends its headers.
    pub header_timeout: Duration,
    /// The longest time of a request in all, the sending of its body included.
    pub request_timeout: Duration,
    /// The interval at which the audit log gets what is only counted.
    pub audit_interval: Duration,
    /// The most actions that run at once.
    pub concurrent_actions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            payload_bytes: 16 * 1024,
            payload_depth: 16,
            nested_actions: 32,
            nested_depth: 4,
            action_timeout: Duration::from_secs(2),
            header_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(8),
            audit_interval: Duration::from_mins(1),
            concurrent_actions: 16,
        }
    }
}

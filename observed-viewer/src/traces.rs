//! The last traces of a program, in bounded memory.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry::TraceId;
use opentelemetry_sdk::trace::SpanData;

use crate::data;

/// What is held in all; of it one trace takes half at most, so that it cannot drive out everything else.
const MAX_BYTES: usize = 32 << 20;
const MAX_TRACES: usize = 1_000;
/// What a span costs beside its text: its place in the queue, and its share of the tables.
const PLACE: usize = 128;
/// One answer; the page asks for what is left.
const ANSWER_BYTES: usize = 2 << 20;

/// The last traces of a program. The oldest are let go where there are more than there is room for.
#[derive(Debug)]
pub struct Traces {
    service: String,
    /// Tells a page that another program has taken the address.
    run: String,
    room: usize,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    spans: VecDeque<Kept>,
    bytes: HashMap<TraceId, usize>,
    /// The order in which traces came.
    order: VecDeque<TraceId>,
    total: usize,
    next: u64,
    /// Spans of traces that were too large.
    not_kept: u64,
}

#[derive(Debug)]
struct Kept {
    number: u64,
    trace: TraceId,
    json: Box<str>,
}

impl Traces {
    /// Makes a place for the traces of a service.
    pub fn new(service: &str) -> Self {
        Self::with_room(service, MAX_BYTES)
    }

    fn with_room(service: &str, room: usize) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            service: service.to_owned(),
            run: format!("{:x}", started.unwrap_or_default().as_nanos()),
            room,
            held: Mutex::default(),
        }
    }

    /// Keeps spans that have ended.
    pub fn keep(&self, spans: &[SpanData]) {
        // Written before the lock is taken: who reads waits for it.
        let written: Vec<(TraceId, String)> = spans
            .iter()
            .map(|span| (span.span_context.trace_id(), data::json(span)))
            .collect();
        let mut held = self.held();
        for (trace, json) in written {
            held.keep(trace, json.into_boxed_str(), self.room / 2);
        }
        held.make_room(self.room);
    }

    /// The service that the spans are of.
    pub(crate) fn service(&self) -> &str {
        &self.service
    }

    /// Writes the spans that came after a place, which an earlier answer named; all of them where it is none of this run's.
    pub(crate) fn after(&self, place: &str) -> String {
        let seen = place
            .strip_prefix(&self.run)
            .and_then(|rest| rest.strip_prefix('-')?.parse().ok())
            .unwrap_or(0);
        let held = self.held();
        let from = held.spans.partition_point(|kept| kept.number < seen);
        let (mut spans, mut next, mut more) = (String::new(), held.next, false);
        for kept in held.spans.range(from..) {
            if !spans.is_empty() && spans.len() + kept.json.len() > ANSWER_BYTES {
                (next, more) = (kept.number, true);
                break;
            }
            if !spans.is_empty() {
                spans.push(',');
            }
            spans.push_str(&kept.json);
        }
        let mut traces = String::new();
        for trace in &held.order {
            let comma = if traces.is_empty() { "" } else { "," };
            let _ = write!(traces, "{comma}\"{trace}\"");
        }
        format!(
            "{{\"next\":\"{}-{next}\",\"more\":{more},\"notKept\":{},\"traces\":[{traces}],\"spans\":[{spans}]}}",
            self.run, held.not_kept
        )
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Nothing panics while it holds this lock.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn keep(&mut self, trace: TraceId, json: Box<str>, most: usize) {
        let size = json.len() + PLACE;
        let of_trace = self.bytes.get(&trace).copied();
        if of_trace.unwrap_or(0) + size > most {
            self.not_kept += 1;
            return;
        }
        if of_trace.is_none() {
            self.order.push_back(trace);
        }
        *self.bytes.entry(trace).or_default() += size;
        self.total += size;
        let number = self.next;
        self.next += 1;
        self.spans.push_back(Kept {
            number,
            trace,
            json,
        });
    }

    /// Lets go of the oldest traces, whole ones: half of a trace misleads.
    fn make_room(&mut self, room: usize) {
        let mut gone = HashSet::new();
        while self.total > room || self.order.len() > MAX_TRACES {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            self.total -= self.bytes.remove(&oldest).unwrap_or(0);
            gone.insert(oldest);
        }
        if !gone.is_empty() {
            self.spans.retain(|kept| !gone.contains(&kept.trace));
        }
    }
}

#[cfg(test)]
mod tests;

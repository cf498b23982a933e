//! The table of metrics: its names, its two ways out, and the files of `deploy/prometheus` and `docs/metrics.md` that are made of
//! it. `METRICS=overwrite cargo test -p observed-tests --test metrics` makes them again.

mod agreement;
mod alerts;
mod cases;
mod dashboard;
mod document;
mod in_step;
mod names;
mod rules;
#[path = "../program/scenario.rs"]
mod scenario;
mod text;

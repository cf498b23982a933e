//! The service, run as a process and spoken to over HTTP; one binary, because linking is what tests cost.

mod admin;
mod audit;
mod bad_input;
mod corpus;
mod end_to_end;
mod executors;
mod hostile;
mod leaks;
mod load;
mod lock;
mod metrics;
mod phases;
mod refusals;
mod rules;
mod same_answers;
mod support;
mod tour;

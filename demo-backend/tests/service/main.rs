//! The service, run as a process and spoken to over HTTP; one binary, because linking is what tests cost.

mod admin;
mod bad_input;
mod end_to_end;
mod leaks;
mod same_answers;
mod support;
mod tour;

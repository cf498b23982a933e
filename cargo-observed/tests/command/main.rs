//! `cargo observed` as it is run: by its command line, in workspaces of the tests' own.

mod help;
mod listed;
mod lock;
mod output;
mod reading;
mod repository;
mod review;
mod revisions;
mod rules;
mod verify;
mod workspace;

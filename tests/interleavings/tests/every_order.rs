//! R14, R15: what threads and the worker do with chunks loses nothing and takes nothing twice, in any order.

use observed_interleavings::models;

#[test]
fn two_that_take_from_a_chunk_share_what_its_thread_writes_meanwhile() {
    models::two_take_from_a_chunk_that_is_being_written();
}

#[test]
fn what_a_thread_records_while_the_worker_looks_is_taken_once() {
    models::a_thread_records_while_the_worker_looks();
}

#[test]
fn a_chunk_that_somebody_looks_at_is_not_written_again() {
    models::a_chunk_that_somebody_looks_at_is_not_written_again();
}

#[test]
fn a_span_that_ends_while_the_worker_does_is_nowhere_in_the_end() {
    models::a_span_ends_while_the_worker_does();
}

#[test]
fn what_two_threads_hand_over_while_the_worker_ends_is_nowhere_in_the_end() {
    models::two_hand_over_while_the_worker_ends();
}

//! What may stand under a name of the dictionary: flags, durations, names of a closed set, counts and measures.
#![deny(warnings)]
#![allow(dead_code, reason = "the annotations are what is tested")]

use std::collections::HashMap;
use std::time::Duration;

use observed_runtime::{AttributeValue, observed, observed_event, observed_record, observed_span};

#[derive(Clone, Copy, AttributeValue)]
enum CardBrand {
    Visa,
    Elo,
}

struct Customer {
    email: Option<String>,
    emails: Vec<String>,
    card_brand: CardBrand,
}

#[observed(
    name = "verify_password",
    attrs(
        has_email = customer.email.is_some(),
        emails = customer.emails.len(),
        customer.card_brand,
        email_latency,
        email_latency_ms = email_latency.as_millis() as u64,
        password_min_len,
        http.response.body.size = body.len(),
        patients = patients.len(),
        authorization.present = headers.contains_key("authorization"),
    ),
    late(phone_count: u64, email_sent: bool, account_number: not_pii(u64, "of the ledger, not of a person"))
)]
fn verify(
    customer: &Customer,
    email_latency: Duration,
    password_min_len: u32,
    body: &[u8],
    patients: &[u8],
    headers: &HashMap<String, String>,
) {
    observed_record!(phone_count = 1, email_sent = customer.email.is_none(), account_number = 7);
    let _span = observed_span!(name = "send_email", attrs(email_template_id = 7));
    observed_event!(name = "password_reset", attrs(key = public_static("rows"), body = 3));
}

#[observed(name = "reset_password", err = "password_wrong")]
fn reset() -> Result<(), ()> {
    Err(())
}

fn main() {
    _ = (CardBrand::Visa, CardBrand::Elo);
    _ = reset();
}

//! Words of the dictionary in their everyday meaning, and locals that are another value than what they were made with.
#![deny(warnings)]
#![allow(dead_code, reason = "the annotations are what is tested")]

use observed_runtime::{observed, observed_record};

struct Parcel {
    weight_kg: f64,
}

#[observed(
    name = "ship_parcel",
    attrs(
        parcel.weight_kg,
        pacote.peso_kg = parcel.weight_kg,
        box_height_cm = n,
        caixa.altura_cm = n,
        denomination = n,
        alert.symptom = public(text),
        squad.tribe = public(text),
        race_window = n,
        storage_unit_number = n,
        pan_offset = n,
        tokens = n,
        income_band = n,
        wage_band = n,
        latitude_band = n,
        bank_code = public(text),
        pedido_partido = public(text),
        queue_address = public(text),
        created_by = n,
        email_field = public_static("billing"),
        cpf_column = n,
        email_column_name = public(text),
    ),
    late(label: text, state: text, said: text, kind: text)
)]
fn ship(parcel: &Parcel, n: u64, text: &str, email: &str, rows: &[String]) {
    let has = if email.is_empty() { "none" } else { "some" };
    observed_record!(label = public(has));
    let tier = tier_of(email);
    observed_record!(state = public(tier));
    let long = email.len();
    let measured = format!("{long}");
    observed_record!(said = public(&measured));
    let found = rows.iter().find(|row| row.as_str() != email).map(String::as_str);
    observed_record!(kind = public(found.unwrap_or("none")));
}

#[observed(name = "bill_order", err = Refused::InvalidEmail.code())]
fn bill() -> Result<(), ()> {
    Err(())
}

enum Refused {
    InvalidEmail,
}

impl Refused {
    fn code(&self) -> &'static str {
        "email_invalid"
    }
}

fn tier_of(_: &str) -> &'static str {
    "plain"
}

fn main() {
    _ = bill();
}

//! The kinds of personal data and credentials that have a shape.

/// A kind of personal data or credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// An e-mail address.
    Email,
    /// A Brazilian taxpayer number.
    Cpf,
    /// A Brazilian company number, in digits or in letters and digits (from July 2026).
    Cnpj,
    /// The number of a payment card.
    Card,
    /// A telephone number, international, Brazilian or North American.
    Phone,
    /// Another number that a state gives to a person: PIS, voter, health card, driver, RG, SSN.
    PersonNumber,
    /// A bank account or a wallet: IBAN, PIX key, address of a crypto currency.
    Account,
    /// A public internet address.
    Ip,
    /// The hardware address of a network interface.
    Mac,
    /// The plate of a vehicle.
    Plate,
    /// A pair of coordinates, as precise as a house.
    Place,
    /// A folder that is named after a person.
    Home,
    /// A JSON web token, or what follows the word `Bearer` or `Basic` or another scheme.
    Token,
    /// A key of a cloud or an API, known by its form.
    CloudKey,
    /// A private key, or its first line.
    PrivateKey,
    /// `password=...` and the like, or a password in a URL.
    Pair,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: &'static [Pattern] = &[
        Pattern::Email,
        Pattern::Cpf,
        Pattern::Cnpj,
        Pattern::Card,
        Pattern::Phone,
        Pattern::PersonNumber,
        Pattern::Account,
        Pattern::Ip,
        Pattern::Mac,
        Pattern::Plate,
        Pattern::Place,
        Pattern::Home,
        Pattern::Token,
        Pattern::CloudKey,
        Pattern::PrivateKey,
        Pattern::Pair,
    ];

    /// Returns the name that messages and `status()` use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Pattern::Email => "e-mail address",
            Pattern::Cpf => "CPF",
            Pattern::Cnpj => "CNPJ",
            Pattern::Card => "card number",
            Pattern::Phone => "phone number",
            Pattern::PersonNumber => "personal document",
            Pattern::Account => "bank account",
            Pattern::Ip => "IP address",
            Pattern::Mac => "MAC address",
            Pattern::Plate => "vehicle plate",
            Pattern::Place => "coordinates",
            Pattern::Home => "home folder",
            Pattern::Token => "bearer token",
            Pattern::CloudKey => "cloud key",
            Pattern::PrivateKey => "private key",
            Pattern::Pair => "password pair",
        }
    }
}

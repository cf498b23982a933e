//! CPF, CNPJ, PIS, título de eleitor, CNS, CNH and RG.

use super::super::Pattern;
use super::super::scan::tells;
use super::digits::{is_cnpj, is_cpf, is_driver, is_health_card, is_pis, is_voter};
use super::groups::Groups;

const CPF_WORDS: &[&str] = &[
    "cpf",
    "cadastro",
    "cliente",
    "contribuinte",
    "customer",
    "doc",
    "document",
    "documento",
    "holder",
    "identidade",
    "identity",
    "person",
    "pessoa",
    "ssn",
    "tax",
    "taxpayer",
    "tin",
    "titular",
    "user",
    "usuario",
];

pub(in super::super) const CNPJ_WORDS: &[&str] = &[
    "cnpj",
    "cadastro",
    "cliente",
    "company",
    "contribuinte",
    "customer",
    "doc",
    "document",
    "documento",
    "empresa",
    "fornecedor",
    "holder",
    "merchant",
    "supplier",
    "tax",
    "taxpayer",
    "tin",
    "titular",
    "vendor",
];

const PIS_WORDS: &[&str] = &["ctps", "nis", "nit", "pasep", "pis"];
const VOTER_WORDS: &[&str] = &["eleitor", "titulo", "tse", "voter"];
const HEALTH_WORDS: &[&str] = &["cns", "paciente", "patient", "saude", "sus"];
const DRIVER_WORDS: &[&str] = &[
    "cnh",
    "condutor",
    "driver",
    "habilitacao",
    "motorista",
    "renach",
];
const RG_WORDS: &[&str] = &["identidade", "rg"];

pub(super) fn find(groups: &Groups, key: &str) -> Option<Pattern> {
    let digits = groups.digits();
    let told = |words: &[&str]| tells(groups.bytes, groups.start, key, words);
    let found = match (digits.len(), groups.shape()) {
        (11, shape) => eleven(groups, shape, &told),
        (14, [2, 3, 3, 4, 2] | [8, 4, 2] | [12, 2]) if is_cnpj(digits) => Some(Pattern::Cnpj),
        (14, [14]) if is_cnpj(digits) && told(CNPJ_WORDS) => Some(Pattern::Cnpj),
        (12, shape) if is_voter(digits) => {
            let is_formatted = *shape == [4, 4, 4] && groups.stands_alone();
            (is_formatted || told(VOTER_WORDS)).then_some(Pattern::PersonNumber)
        }
        (15, shape) if is_health_card(digits) => {
            (*shape == [3, 4, 4, 4] || told(HEALTH_WORDS)).then_some(Pattern::PersonNumber)
        }
        _ => None,
    };
    found.or_else(|| is_rg(groups, &told).then_some(Pattern::PersonNumber))
}

fn eleven(groups: &Groups, shape: &[u8], told: &impl Fn(&[&str]) -> bool) -> Option<Pattern> {
    let digits = groups.digits();
    let is_formatted = matches!(shape, [3, 3, 3, 2] | [9, 2]) && !groups.is_amount();
    if is_cpf(digits) && (is_formatted || told(CPF_WORDS)) {
        return Some(Pattern::Cpf);
    }
    let is_pis = is_pis(digits) && (*shape == [3, 5, 2, 1] || told(PIS_WORDS));
    let is_driver = is_driver(digits) && told(DRIVER_WORDS);
    (is_pis || is_driver).then_some(Pattern::PersonNumber)
}

/// Each state has its own check digit or none: `12.345.678-9`, where the last may be an X, or seven to nine digits under a
/// telling word.
fn is_rg(groups: &Groups, told: &impl Fn(&[&str]) -> bool) -> bool {
    let is_dotted = groups.gaps().starts_with(b"..") && groups.begins_alone();
    let after = groups.bytes.get(groups.end..groups.end + 2);
    let ends_in_x = matches!(after, Some([b'-', b'x' | b'X']));
    let is_formatted = match groups.shape() {
        [2, 3, 3, 1] => is_dotted && groups.gaps()[2] == b'-' && groups.stands_alone(),
        [2, 3, 3] => is_dotted && ends_in_x,
        _ => false,
    };
    is_formatted || ((8..=9).contains(&groups.digits().len()) && told(RG_WORDS))
}

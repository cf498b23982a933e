//! What needs a telling word because much else has its form: the day somebody was born, the number of a telephone's device.

use super::super::scan::tells;
use super::digits::luhn;
use super::groups::Groups;

const BIRTH: &[&str] = &[
    "aniversario",
    "birth",
    "birthday",
    "birthdate",
    "born",
    "dob",
    "nascida",
    "nascido",
    "nascimento",
];
const DEVICE: &[&str] = &["imei"];

/// `1990-01-31`, `31/01/1990`.
pub(super) fn is_birth(groups: &Groups, key: &str) -> bool {
    matches!(groups.shape(), [4, 2, 2] | [2, 2, 4]) && tells(groups.bytes, groups.start, key, BIRTH)
}

/// Fifteen digits that pass the Luhn test (3GPP TS 23.003, annex B).
pub(super) fn is_device(groups: &Groups, key: &str) -> bool {
    let digits = groups.digits();
    digits.len() == 15 && luhn(digits) && tells(groups.bytes, groups.start, key, DEVICE)
}

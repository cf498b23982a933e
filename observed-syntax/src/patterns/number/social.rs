//! The social security number of the United States: three, two and four digits (SSA, POMS RM 10201.030), or a taxpayer
//! number of the same form (IRS, ITIN).

use super::super::scan::tells;
use super::groups::Groups;

const WORDS: &[&str] = &["itin", "social", "ssn"];

pub(super) fn is(groups: &Groups, key: &str) -> bool {
    let digits = groups.digits();
    if digits.len() != 9 {
        return false;
    }
    let (area, group, serial) = (&digits[..3], &digits[3..5], &digits[5..]);
    let is_given = area != b"000" && area != b"666" && group != b"00" && serial != b"0000";
    let has_form = match groups.shape() {
        [3, 2, 4] => {
            groups.stands_alone()
                && groups.gaps()[0] == groups.gaps()[1]
                && !b".,".contains(&groups.gaps()[0])
        }
        [9] => tells(groups.bytes, groups.start, key, WORDS),
        _ => false,
    };
    is_given && has_form
}

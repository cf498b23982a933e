//! R10-personal-name: a variant tells of a special category.
//! Passes: `HivPositive` -> `Pending`

use observed_runtime::AttributeValue;

#[derive(AttributeValue)]
enum Outcome {
    Clear,
    HivPositive,
}

fn main() {}

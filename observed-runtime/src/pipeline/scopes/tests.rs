use super::*;

fn set(names: &[&str]) -> Scopes {
    let on = names.iter().map(|name| ((*name).to_owned(), true));
    Scopes::set(on.collect())
}

#[test]
fn a_scope_is_found_by_the_name_of_its_variable() {
    for scope in ["pipeline", "payment.cards", "payment_cards", "a1.b2"] {
        assert!(is_part_of(&variable_part(scope), scope), "{scope}");
    }
    assert!(!is_part_of("PIPELINE", "pipelines") && !is_part_of("PIPELINE", "pipelin"));
    let scopes = set(&[]);
    assert!(!scopes.ask("payment.cards"));
    scopes.switch("payment.cards", true);
    assert!(scopes.ask("payment.cards"));
}

#[test]
fn a_scope_that_is_met_beside_a_switch_of_nearly_its_name_is_told_once() {
    let scopes = set(&["PIPLINE", "GATES", "PAYMENT_CARDS"]);
    assert_eq!(scopes.tell(), [""; 0]);
    for _ in 0..3 {
        assert!(!scopes.ask("pipeline") && scopes.ask("gates"));
        assert!(scopes.ask("payment.cards") && !scopes.ask("executors"));
    }
    let told = scopes.tell();
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(
        told.contains("OBSERVED_PIPLINE_ENABLED") && told.contains("OBSERVED_PIPELINE_ENABLED")
    );
    assert!(!scopes.ask("pipeline") && !scopes.ask("met.later"));
    assert_eq!(scopes.tell(), [""; 0]);
    assert_eq!(&scopes.told(), std::slice::from_ref(told));
}

#[test]
fn a_scope_with_a_switch_of_its_own_or_of_another_name_is_not_told() {
    let scopes = set(&["PIPELINES", "PIPELINE", "DB"]);
    scopes.switch("pipelined", true);
    for scope in ["pipeline", "pipelines", "pipelined", "io", "pipe"] {
        scopes.ask(scope);
    }
    assert_eq!(scopes.tell(), [""; 0]);
}

#[test]
fn a_scope_that_was_met_can_be_switched_on() {
    let scopes = set(&["PIPLINE"]);
    assert!(!scopes.ask("pipeline"));
    scopes.switch("pipeline", true);
    assert!(scopes.ask("pipeline"));
}

#[test]
fn where_no_scope_is_set_nothing_is_noted() {
    let (scopes, all) = (set(&[]), Scopes::all_on());
    assert!(!scopes.ask("pipeline") && all.ask("pipeline"));
    let noted = |scopes: &Scopes| scopes.switches.load().len();
    assert_eq!((noted(&scopes), noted(&all)), (0, 0));
}

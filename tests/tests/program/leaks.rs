//! R7 to R12: planted data does not leave, and the search that says so can find it.
//!
//! For each layer there is a mutant that leaks: what layers 1 to 4 refuse to compile is written here by hand, as their
//! expansion would have been; layer 5 is switched off by its setting.

use std::time::Duration;

use observed_runtime::__private::{self as expansion, Site};
use observed_runtime::{State, Tracing, flush, observed, observed_event, observed_record, status};
use observed_tests::leak::{Secret, found, secrets};
use observed_tests::receiver::Receiver;

use crate::logs;
use crate::scenario::in_a_process_of_its_own;

const SOON: Duration = Duration::from_secs(10);

/// Everything that leaves while `work` runs.
fn bytes_of(settings: &[(&str, &str)], work: impl FnOnce()) -> Vec<u8> {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let mut builder = Tracing::builder("leaks").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
    ]);
    for (name, value) in settings {
        builder = builder.set(name, value);
    }
    let tracing = builder.init();
    work();
    assert!(flush(SOON));
    assert!(status().spans.exported > 0 && status().spans.adds_up());
    drop(tracing);
    receiver.bytes()
}

#[observed(name = "say", err, attrs(text = public(text), also = public(both(text))))]
fn say(text: &str) -> Result<(), String> {
    observed_event!(name = "said", attrs(text = public(text)));
    Err(format!("cannot say {text}"))
}

#[observed(name = "count", late(heard: text))]
fn hear(text: &str) {
    observed_record!(heard = public(text));
}

fn both(text: &str) -> [&str; 2] {
    [text, "and"]
}

/// Each secret in every position that text can take; long texts hide it beyond the limit and across it.
fn say_all(secrets: &[Secret]) {
    for secret in secrets {
        let text = &secret.text;
        let _ = say(text);
        hear(text);
        hear(&format!("{}{text}", "x ".repeat(122)));
        hear(&format!("{}{text}", "x ".repeat(400)));
        let _ = std::panic::catch_unwind(|| panicking(text));
    }
}

#[observed(name = "fail")]
fn panicking(text: &str) {
    // No message: the hook would print it.
    std::panic::resume_unwind(Box::new(text.to_owned()));
}

#[test]
fn no_planted_secret_leaves_from_public_text() {
    in_a_process_of_its_own(|| {
        let planted = secrets("9f3k");
        let bytes = bytes_of(&[], || say_all(&planted));
        assert_eq!(found(&bytes, &planted), [""; 0]);
        assert!(
            found(
                &bytes,
                &[Secret {
                    kind: "name",
                    text: "say".to_owned()
                }]
            )
            .len()
                == 1
        );
    });
}

#[test]
fn masked_secrets_do_not_leave_either() {
    in_a_process_of_its_own(|| {
        let planted = secrets("4h7w");
        let bytes = bytes_of(&[("OBSERVED_FIREWALL", "mask")], || say_all(&planted));
        assert_eq!(found(&bytes, &planted), [""; 0]);
        assert!(
            found(
                &bytes,
                &[Secret {
                    kind: "mask",
                    text: "[withheld]".to_owned()
                }]
            )
            .len()
                == 1
        );
    });
}

#[test]
fn with_the_firewall_off_the_search_finds_every_one() {
    in_a_process_of_its_own(|| {
        let planted = secrets("6q2z");
        let bytes = bytes_of(&[("OBSERVED_FIREWALL", "off")], || say_all(&planted));
        let kinds: Vec<_> = planted.iter().map(|secret| secret.kind).collect();
        assert_eq!(found(&bytes, &planted), kinds);
    });
}

/// The same secrets as a query or a log can hold them.
fn encoded(planted: &[Secret]) -> Vec<Secret> {
    let percent = |text: &str| -> String {
        let code = |byte: u8| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(code).collect()
    };
    let forms: [&dyn Fn(&str) -> String; 4] = [
        &percent,
        &|text| percent(&percent(text)),
        &|text| text.chars().flat_map(|one| [one, '\u{200b}']).collect(),
        &|text| {
            text.chars()
                .fold(String::new(), |all, one| format!("{all}&#{};", one as u32))
        },
    ];
    let all = planted.iter().flat_map(|secret| {
        forms.iter().map(|form| Secret {
            kind: secret.kind,
            text: form(&secret.text),
        })
    });
    all.collect()
}

#[test]
fn encoded_secrets_do_not_leave() {
    in_a_process_of_its_own(|| {
        let planted = encoded(&secrets("5j8n"));
        let bytes = bytes_of(&[], || say_all(&planted));
        assert_eq!(found(&bytes, &planted), [""; 0]);
    });
}

#[test]
fn with_the_firewall_off_the_search_finds_every_encoded_one() {
    in_a_process_of_its_own(|| {
        let planted = encoded(&secrets("2c6v"));
        // An entity is six times as long as its character.
        let settings = [
            ("OBSERVED_FIREWALL", "off"),
            ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "1000"),
        ];
        let bytes = bytes_of(&settings, || say_all(&planted));
        assert_eq!(found(&bytes, &planted).len(), planted.len());
    });
}

#[observed(name = "refuse", err)]
fn refuse(text: &str) -> Result<(), String> {
    Err(text.to_owned())
}

#[test]
fn with_the_firewall_off_error_texts_and_panic_payloads_stay_inside() {
    in_a_process_of_its_own(|| {
        let planted = [Secret {
            kind: "error text",
            text: "cannot-say-7y3m".to_owned(),
        }];
        let bytes = bytes_of(&[("OBSERVED_FIREWALL", "off")], || {
            let _ = refuse(&planted[0].text);
            let _ = std::panic::catch_unwind(|| panicking(&planted[0].text));
        });
        assert_eq!(found(&bytes, &planted), [""; 0]);
    });
}

/// What no pattern knows: only the compiler keeps it in.
fn shapeless(kind: &'static str) -> Secret {
    Secret {
        kind,
        text: "Ana Souza of Rua das Flores".to_owned(),
    }
}

static NOTE: Site = Site::nowhere("greet", &["note"]);
static PASSWORD: Site = Site::nowhere("greet", &["password"]);

/// Records one value by hand, as an expansion would.
fn record_by_hand(site: &'static Site, value: &dyn Fn(usize) -> observed_runtime::Value) {
    let span = expansion::enter(site);
    expansion::current_of(&span).record(1, value).done();
}

#[derive(Debug)]
struct Customer {
    contact: String,
}

/// `attrs(note = public(note))` of a parameter marked `#[pii]`: R7-pii-parameter refuses it.
fn mutant_of_layer_1_parameters(secret: &str) {
    record_by_hand(&NOTE, &|_| expansion::public(secret));
}

/// `attrs(note = public(&customer.contact))` of a field marked `#[pii]`: R7-pii-field refuses it.
fn mutant_of_layer_1_fields(secret: &str) {
    let customer = Customer {
        contact: secret.to_owned(),
    };
    record_by_hand(&NOTE, &|_| expansion::public(&customer.contact));
}

/// A whole structure by `Debug`: R8-not-a-value refuses it.
fn mutant_of_layer_2(secret: &str) {
    let customer = Customer {
        contact: secret.to_owned(),
    };
    record_by_hand(&NOTE, &|_| expansion::public(&format!("{customer:?}")));
}

/// `attrs(note)` of a text without a word: R8-not-a-value refuses it.
fn mutant_of_layer_3(secret: &str) {
    record_by_hand(&NOTE, &|_| expansion::public(secret));
}

/// `attrs(password = public(secret))`: R10-personal-name refuses it.
fn mutant_of_layer_4(secret: &str) {
    record_by_hand(&PASSWORD, &|_| expansion::public(secret));
}

type Mutant = fn(&str);

#[test]
fn a_mutant_of_each_compile_time_layer_leaks_and_is_found() {
    in_a_process_of_its_own(|| {
        let mutants: [(Mutant, &str); 5] = [
            (mutant_of_layer_1_parameters, "parameter"),
            (mutant_of_layer_1_fields, "field"),
            (mutant_of_layer_2, "type"),
            (mutant_of_layer_3, "free text"),
            (mutant_of_layer_4, "name"),
        ];
        let planted: Vec<Secret> = mutants
            .iter()
            .map(|(_, kind)| Secret {
                kind,
                text: format!("{} {kind}", shapeless(kind).text),
            })
            .collect();
        let bytes = bytes_of(&[], || {
            for ((mutant, _), secret) in mutants.iter().zip(&planted) {
                mutant(&secret.text);
            }
        });
        let kinds: Vec<_> = mutants.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(found(&bytes, &planted), kinds);
    });
}

#[test]
fn what_the_last_layer_lets_out_is_told_and_what_it_found_stays_after_the_end() {
    in_a_process_of_its_own(|| {
        let keys = "also,text";
        bytes_of(&[("OBSERVED_ATTRIBUTE_ALLOWLIST", keys)], || {
            let _ = say("ana@example.com");
            assert!(flush(SOON));
            let firewall = status().firewall;
            assert_eq!(firewall.mode, "drop");
            assert_eq!(firewall.allowed.unwrap(), ["also", "text"]);
            assert!(!firewall.dictionary.is_empty());
        });
        let ended = status();
        assert_eq!(ended.state, State::NotInitialised, "the handle is gone");
        let [first, ..] = ended.withheld[..] else {
            panic!("{ended:?}")
        };
        assert!(first.count > 0 && first.first <= first.last);
    });
}

#[test]
fn a_firewall_that_is_off_is_a_warning_and_in_the_resource() {
    in_a_process_of_its_own(|| {
        let bytes = bytes_of(&[("OBSERVED_FIREWALL", "off")], || {
            let _ = say("ana@example.com");
            let told = status().warnings;
            assert!(
                told.iter()
                    .any(|it| it.starts_with("OBSERVED_FIREWALL: off")),
                "{told:?}"
            );
        });
        let secret = |text: &str| Secret {
            kind: "found",
            text: text.to_owned(),
        };
        let expected = [secret("observed.firewall"), secret("ana@example.com")];
        assert_eq!(found(&bytes, &expected), ["found", "found"]);
    });
}

#[test]
fn what_is_withheld_is_logged_once_by_span_and_key_and_never_by_value() {
    in_a_process_of_its_own(|| {
        logs::collect();
        let planted = secrets("4k2j");
        bytes_of(&[], || {
            say_all(&planted);
            assert!(flush(SOON));
            say_all(&planted);
        });
        let findings = status().withheld;
        for finding in &findings {
            let line = format!("tracing: {} of {} looks like", finding.key, finding.span);
            assert_eq!(logs::count(&line), 1, "{finding:?}: {:?}", logs::all());
            assert!(finding.count > 1, "{finding:?}");
        }
        assert_eq!(logs::count("is withheld"), findings.len());
        let logged = logs::all().join(" ");
        assert_eq!(found(logged.as_bytes(), &planted), [""; 0], "{logged}");
    });
}

#[test]
fn an_allow_list_lets_only_its_keys_out_and_findings_name_no_value() {
    in_a_process_of_its_own(|| {
        let planted = secrets("8r5t");
        let bytes = bytes_of(&[("OBSERVED_ATTRIBUTE_ALLOWLIST", "also")], || {
            say_all(&planted);
            assert!(flush(SOON));
            let status = status();
            assert!(!status.withheld.is_empty() && status.spans.attributes_not_allowed > 0);
            let shown = format!("{status:?}");
            assert_eq!(found(shown.as_bytes(), &planted), [""; 0], "{shown}");
        });
        let heard = Secret {
            kind: "key",
            text: "heard".to_owned(),
        };
        assert_eq!(found(&bytes, &[heard]), [""; 0]);
    });
}

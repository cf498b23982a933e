//! No nesting of actions gets a profile what it could not ask for.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::json;

use super::*;
use crate::request::ProcessRequest;
use crate::rules::Rules;

const LEAVES: [&str; 3] = ["summarize_text", "always_fail", "slow_report"];
const ALL: [&str; 5] = [
    "summarize_text",
    "always_fail",
    "slow_report",
    "combine",
    "forward",
];

/// What a client may nest.
#[derive(Clone, Debug)]
enum Nesting {
    Leaf(&'static str),
    Unknown,
    Combine(Vec<Nesting>),
    Forward(Box<Nesting>),
}

impl Nesting {
    fn request(&self) -> Value {
        match self {
            Nesting::Leaf(name) => json!({ "action": name, "payload": { "text": "a" } }),
            Nesting::Unknown => json!({ "action": "no_such_action", "payload": {} }),
            Nesting::Combine(steps) => {
                let steps: Vec<Value> = steps.iter().map(Nesting::request).collect();
                json!({ "action": "combine", "payload": { "steps": steps } })
            }
            Nesting::Forward(inner) => {
                json!({ "action": "forward", "payload": inner.request() })
            }
        }
    }

    /// Every action in it.
    fn actions(&self) -> Vec<&'static str> {
        match self {
            Nesting::Leaf(name) => vec![name],
            Nesting::Unknown => vec!["no_such_action"],
            Nesting::Combine(steps) => {
                let inner = steps.iter().flat_map(Nesting::actions);
                std::iter::once("combine").chain(inner).collect()
            }
            Nesting::Forward(inner) => [vec!["forward"], inner.actions()].concat(),
        }
    }

    fn depth(&self) -> usize {
        1 + match self {
            Nesting::Leaf(_) | Nesting::Unknown => 0,
            Nesting::Combine(steps) => steps.iter().map(Nesting::depth).max().unwrap_or(0),
            Nesting::Forward(inner) => inner.depth(),
        }
    }

    /// The most forwards on one way down.
    fn forwards(&self) -> usize {
        match self {
            Nesting::Leaf(_) | Nesting::Unknown => 0,
            Nesting::Combine(steps) => steps.iter().map(Nesting::forwards).max().unwrap_or(0),
            Nesting::Forward(inner) => 1 + inner.forwards(),
        }
    }
}

fn nesting() -> impl Strategy<Value = Nesting> {
    let leaf = prop_oneof![
        12 => proptest::sample::select(&LEAVES[..]).prop_map(Nesting::Leaf),
        1 => Just(Nesting::Unknown),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Nesting::Combine),
            inner.prop_map(|inner| Nesting::Forward(Box::new(inner))),
        ]
    })
}

fn rules(actions: &[&str]) -> Rules {
    let text =
        format!("[[profiles]]\nname = \"p\"\napi_key = \"partner-key\"\nactions = {actions:?}");
    Rules::parse(&text).unwrap()
}

fn asked(
    actions: &[&str],
    limits: Limits,
    request: &Value,
    is_forwarded: bool,
) -> Result<&'static str, &'static str> {
    let rules = rules(actions);
    let call = Call {
        request: ProcessRequest {
            action: request["action"].as_str().unwrap().to_owned(),
            context_id: "ctx-production".to_owned(),
            payload: request["payload"].clone(),
        },
        api_key: None,
        idempotency_key: None,
        is_forwarded,
        body_sha256: String::new(),
    };
    let profile = rules.profile_of("partner-key").unwrap();
    match gate_action(profile, limits, &call) {
        Ok((action, _)) => Ok(action.name),
        Err(denial) => Err(denial.reason),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_nesting_passes_only_if_the_profile_may_ask_for_each_of_its_actions(
        nesting in nesting(),
        actions in prop_oneof![
            3 => subsequence(&ALL[..], 1..=ALL.len()),
            1 => Just(ALL.to_vec()),
        ],
        is_forwarded: bool,
        nested_actions in 1_usize..20,
        nested_depth in 1_usize..6,
    ) {
        let limits = Limits { nested_actions, nested_depth, ..Limits::default() };
        let may = nesting.actions().iter().all(|action| actions.contains(action))
            && nesting.actions().len() <= limits.nested_actions
            && nesting.depth() <= limits.nested_depth
            && nesting.forwards() + usize::from(is_forwarded) <= 1;
        let passed = asked(&actions, limits, &nesting.request(), is_forwarded);
        prop_assert_eq!(passed.is_ok(), may, "{:?}", passed);
    }
}

/// `inner` in `depth` actions, each of another kind than the one around it.
fn buried(inner: &str, depth: usize) -> Value {
    let innermost = json!({ "action": inner, "payload": {} });
    (0..depth).fold(innermost, |request, level| {
        if level % 2 == 0 {
            json!({ "action": "combine", "payload": { "steps": [request] } })
        } else {
            json!({ "action": "forward", "payload": request })
        }
    })
}

#[test]
fn a_denial_says_where_the_action_was_that_it_denies() {
    let allowed = ["summarize_text", "combine", "forward"];
    let forwarded = json!({ "action": "forward", "payload": buried("slow_report", 1) });
    let many = vec![json!({ "action": "summarize_text" }); 32];
    let many = json!({ "action": "combine", "payload": { "steps": many } });
    for (request, reason) in [
        (buried("slow_report", 0), "not_allowed"),
        (buried("slow_report", 1), "step_not_allowed"),
        (buried("slow_report", 2), "not_allowed_there"),
        (forwarded, "not_allowed_there"),
        (buried("no_such_action", 2), "unknown"),
        (buried("forward", 2), "forwarded_twice"),
        (buried("summarize_text", 4), "forwarded_twice"),
        (many, "too_many_actions"),
    ] {
        assert_eq!(
            asked(&allowed, Limits::default(), &request, false),
            Err(reason),
            "{request}"
        );
    }
    let deep = (0..4).fold(
        json!({ "action": "summarize_text" }),
        |request, _| json!({ "action": "combine", "payload": { "steps": [request] } }),
    );
    assert_eq!(
        asked(&allowed, Limits::default(), &deep, false),
        Err("nested_too_deeply")
    );
    assert_eq!(
        asked(
            &allowed,
            Limits::default(),
            &buried("summarize_text", 3),
            false
        ),
        Ok("combine")
    );
}

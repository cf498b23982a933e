//! Proxies of the machine: what could send spans elsewhere, or a password in clear, leaves tracing off (R13).

use super::*;
use crate::config::Proxy;

const FAR: (&str, &str) = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c.test:4317");

fn of(settings: &[(&str, &str)]) -> Option<Proxy> {
    let read = read(settings).unwrap();
    assert_eq!(read.warnings, [""; 0], "{settings:?}");
    read.otlp.proxy
}

#[test]
fn a_proxy_is_an_address_and_perhaps_a_user() {
    for (value, address, user) in [
        ("http://p.test:3128", "p.test:3128", None),
        ("http://p.test:3128/", "p.test:3128", None),
        ("HTTP://p.test", "p.test", None),
        ("http://[2001:db8::1]:1", "[2001:db8::1]:1", None),
        ("p.test:3128", "p.test:3128", None),
        ("u:p@p.test:3128", "p.test:3128", Some("u:p")),
        ("http://u%40x:p%3a@p.test", "p.test", Some("u@x:p:")),
        ("http://u:p@x@p.test", "p.test", Some("u:p@x")),
    ] {
        let expected = Proxy {
            address: address.to_owned(),
            user: user.map(str::to_owned),
        };
        assert_eq!(of(&[FAR, ("HTTP_PROXY", value)]), Some(expected), "{value}");
    }
}

#[test]
fn a_proxy_that_is_malformed_or_spoken_to_in_another_way_is_named_without_its_value() {
    let far_by_tls = ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://c.test:4317");
    for value in [
        "https://u:hunter2@p.test:3128",
        "socks5://hunter2:1",
        "ftp://hunter2",
        "not a hunter2",
        "http://hunter2:3128 extra",
        "http://",
        "http://u:hunter2@",
        "http://hunter2:0",
        "http://hunter2:99999",
        "http://hunter2/path",
        "http://hunter2/@p.test:1",
        "http://u:%zz@p.test:1",
        "hunter2",
    ] {
        for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"] {
            let is_for_tls = variable.eq_ignore_ascii_case("https_proxy");
            if is_for_tls && !cfg!(feature = "_tls") {
                continue;
            }
            let endpoint = if is_for_tls { far_by_tls } else { FAR };
            let reason = read(&[endpoint, (variable, value)]).unwrap_err();
            let expected = format!("{variable} is malformed: it takes http://");
            assert!(reason.starts_with(&expected), "{value}: {reason}");
            assert!(!reason.contains("hunter2"), "{reason}");
        }
    }
}

#[test]
fn a_proxy_that_is_not_used_is_never_fatal() {
    let bad = "socks5://hunter2:1";
    let near = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://LOCALHOST.:4317");
    for settings in [
        &[FAR, ("HTTPS_PROXY", bad)][..],
        &[near, ("HTTP_PROXY", bad)],
        &[FAR, ("HTTP_PROXY", bad), ("NO_PROXY", "c.test.")],
        &[FAR, ("HTTP_PROXY", bad), ("http_proxy", "p.test:1")],
        &[("OTEL_TRACES_EXPORTER", "none"), FAR, ("HTTP_PROXY", bad)],
    ] {
        let warnings = read(settings).unwrap().warnings;
        let [warning] = warnings.as_slice() else {
            panic!("{settings:?}: {warnings:?}");
        };
        assert!(warning.contains("_PROXY: not used"), "{warning}");
        assert!(!warning.contains("hunter2"), "{warning}");
    }
}

#[test]
fn what_is_excepted_and_this_machine_have_no_proxy() {
    let proxy = ("HTTP_PROXY", "p.test:1");
    for (endpoint, no) in [
        ("http://c.test:4317", "*"),
        ("http://10.255.255.1:4317", "*"),
        ("http://[2001:db8::1]:4317", "*"),
        ("http://[2001:db8::1]:4317", "[2001:db8::1]"),
        ("http://c.test:4318", "c.test:4318"),
        ("http://c.test", "c.test:80"),
        ("http://10.255.255.1:4318", "10.255.255.1:4318"),
        ("http://c.test", "*.test"),
        ("http://c.test.", "c.test"),
        ("http://c.test", "c.test."),
        ("http://LOCALHOST", ""),
        ("http://localhost.:4317", ""),
        ("http://[::ffff:127.0.0.1]:4317", ""),
        ("http://127.0.0.1:4317", ""),
    ] {
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        let found = of(&[endpoint, proxy, ("NO_PROXY", no)]);
        assert_eq!(found, None, "{endpoint:?} without {no}");
    }
    assert!(of(&[FAR, proxy, ("NO_PROXY", "other.test")]).is_some());
}

#[test]
fn an_exception_that_nobody_can_read_is_told() {
    let settings = [FAR, ("HTTP_PROXY", "p.test:1"), ("NO_PROXY", "10.hunter2*")];
    let read = read(&settings).unwrap();
    assert!(read.otlp.proxy.is_some());
    let [warning] = read.warnings.as_slice() else {
        panic!("{:?}", read.warnings);
    };
    assert!(
        warning.starts_with("NO_PROXY: an entry is ignored"),
        "{warning}"
    );
    assert!(!warning.contains("hunter2"), "{warning}");
}

#[test]
fn what_a_client_of_a_web_server_sent_is_no_proxy_and_what_code_sets_is() {
    let request = ("REQUEST_METHOD", "GET");
    let sent = ("HTTP_PROXY", "sent.test:1");
    assert_eq!(of(&[FAR, request, sent]), None);
    let own = of(&[FAR, request, sent, ("http_proxy", "own.test:1")]);
    assert_eq!(own.unwrap().address, "own.test:1");
    let mut source = Source::default();
    let settings = [FAR, request, sent];
    source.replace(
        settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter(),
    );
    source.set("HTTP_PROXY", "code.test:1");
    let settings = Settings::read(&source, "shop").unwrap();
    assert_eq!(settings.otlp.proxy.unwrap().address, "code.test:1");
}

#[test]
fn a_proxys_user_is_never_shown() {
    let settings = read(&[FAR, ("HTTP_PROXY", "http://u:hunter2@p.test:1")]).unwrap();
    let shown = format!("{settings:?}");
    assert!(
        shown.contains("p.test:1") && !shown.contains("hunter2"),
        "{shown}"
    );
}
